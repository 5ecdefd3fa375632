// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Figures as JSON has them. */
final class Numbers {

  private Numbers() {}

  /** Seconds, to a microsecond: finer than what is measured. */
  static void seconds(JsonGenerator json, String name, @Nullable Double seconds) {
    json.writeName(name);
    seconds(json, seconds);
  }

  static void seconds(JsonGenerator json, @Nullable Double seconds) {
    if (seconds == null || !Double.isFinite(seconds)) {
      json.writeNull();
    } else {
      json.writeNumber(Math.round(seconds * 1e6) / 1e6);
    }
  }

  static void whole(JsonGenerator json, String name, @Nullable Long number) {
    json.writeName(name);
    if (number == null) {
      json.writeNull();
    } else {
      json.writeNumber(number);
    }
  }
}
