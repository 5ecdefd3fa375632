// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists that come in pages, each with a token for the next. */
final class Pages {

  private Pages() {}

  /** Asks for the page of a token, which is null for the first. */
  interface Asking<P> {
    P page(@Nullable String token);
  }

  /**
   * All entries of all pages.
   *
   * @param next the token for the page after this one; null after the last
   */
  static <P, E> List<E> all(
      Asking<P> asking, Function<P, List<E>> entries, Function<P, @Nullable String> next) {
    List<E> all = new ArrayList<>();
    @Nullable String token = null;
    do {
      P page = asking.page(token);
      all.addAll(entries.apply(page));
      token = next.apply(page);
    } while (token != null);
    return all;
  }
}
