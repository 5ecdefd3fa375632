// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.hot;

import dev.weir.model.Measure;
import org.jspecify.annotations.Nullable;

/** About how much memory a value takes that is not a number; rather too much than too little. */
public final class ObjectBytes {

  /** Of a string without its characters, and of a reference to it. */
  private static final long TEXT = 56;

  /** Characters of most scripts. */
  private static final long CHARACTER = 2;

  /** Of one value of a MULTI without its text: its name stands elsewhere, once for all rows. */
  private static final long NAMED = 64;

  private ObjectBytes() {}

  /** Of a value as a lane holds it: a String, a MULTI, or null for none. */
  static long of(@Nullable Object object) {
    return switch (object) {
      case String text -> text(text);
      case Measure measure -> of(measure);
      case null -> 0;
      default -> throw new IllegalArgumentException("no value of a row: " + object.getClass());
    };
  }

  /** Of a value on its way to a lane; 0 for the primitive types. */
  public static long of(Measure measure) {
    return switch (measure) {
      case Measure.OfVarchar varchar -> text(varchar.value());
      case Measure.OfMulti multi -> {
        long sum = TEXT;
        for (Measure.Named named : multi.values()) {
          sum += NAMED + of(named.value());
        }
        yield sum;
      }
      case Measure.OfDouble _, Measure.OfBigint _, Measure.OfBoolean _, Measure.OfTimestamp _ -> 0;
    };
  }

  private static long text(String text) {
    return TEXT + CHARACTER * text.length();
  }
}
