// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import org.jspecify.annotations.Nullable;

/** Answers that are not what the API promises. A repeat may bring a better one. */
final class Unreadable {

  private Unreadable() {}

  static StoreException answer(String what) {
    return answer(what, null);
  }

  static StoreException answer(String what, @Nullable Throwable cause) {
    return new StoreException(Kind.INTERNAL, "Timestream's answer can't be read: " + what, cause);
  }
}
