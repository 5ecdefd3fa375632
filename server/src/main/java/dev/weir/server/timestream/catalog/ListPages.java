// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.catalog;

import dev.weir.server.timestream.wire.Constraints;
import dev.weir.server.timestream.wire.JsonObject;
import dev.weir.server.timestream.wire.JsonOut;
import dev.weir.server.timestream.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pages of sorted lists. A token holds the last name of its page, so that nothing is kept between
 * pages and names that come and go in the meantime do no harm.
 *
 * @param after the name after which the page begins; empty at the start
 * @param most entries in the page
 */
record ListPages(String after, int most) {

  private static final int TOKEN_LENGTH_MAX = 2_048;

  /** As the members MaxResults and NextToken say. */
  static ListPages of(JsonObject input, int mostMax) {
    Long most = Constraints.range(input.integer("MaxResults"), "maxResults", 1, mostMax);
    String token = Constraints.length(input.text("NextToken"), "nextToken", 1, TOKEN_LENGTH_MAX);
    return new ListPages(
        token == null ? "" : name(token), most == null ? mostMax : most.intValue());
  }

  /** Writes the entries of this page, and the token where some are left. */
  void write(JsonOut out, String member, List<String> sorted, Consumer<String> entry) {
    List<String> left = sorted.stream().filter(name -> name.compareTo(after) > 0).toList();
    List<String> page = left.subList(0, Math.min(most, left.size()));
    out.name(member).openArray();
    page.forEach(entry);
    out.closeArray();
    if (page.size() < left.size()) {
      out.member("NextToken", token(page.getLast()));
    }
  }

  private static String token(String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(@Nullable String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw WireException.invalid("Invalid pagination token");
    }
  }
}
