// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Tells tokens that are not where they should be. */
final class Unexpected {

  private Unexpected() {}

  static void unless(@Nullable JsonToken token, JsonToken wanted) {
    if (token != wanted) {
      throw Unreadable.answer("%s where %s should be".formatted(token, wanted));
    }
  }
}
