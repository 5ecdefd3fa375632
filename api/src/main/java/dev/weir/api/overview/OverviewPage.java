// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.api.call.Caller;
import dev.weir.api.site.SiteStates.State;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.SiteKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the overview, put together of items that are written already. Its tag is made of what
 * it says, not of when: the same page has it after a restart, too.
 */
final class OverviewPage {

  private static final int TAG_BYTES = 16;

  private final List<Published> items = new ArrayList<>();
  private final Map<State, Integer> counts = new EnumMap<>(State.class);
  private @Nullable SiteKey next;

  /** What a question finds on a board. */
  OverviewPage(Board board, Caller caller, OverviewQuestion question) {
    Map<String, Boolean> seen = new HashMap<>();
    for (SitePicture picture : board.pictures()) {
      Published each = picture.published();
      if (each != null && seen.computeIfAbsent(each.site().key().customer(), caller::sees)) {
        counts.merge(each.state(), 1, Integer::sum);
        take(each, question);
      }
    }
  }

  Response answer(Request request, long nowMillis) {
    byte[] rest = rest();
    String tag = tag(rest);
    Headers headers =
        Headers.of("Content-Type", "application/json", "Cache-Control", "no-store", "ETag", tag);
    if (isKnown(request, tag)) {
      return Response.bytes(304, headers, new byte[0]);
    }
    byte[] now = ",\"now_ms\":%d}\n".formatted(nowMillis).getBytes(US_ASCII);
    return Response.bytes(200, headers, body(rest, now));
  }

  /** Some megabytes, which are not copied once more. */
  private byte[] body(byte[] rest, byte[] now) {
    byte[] begin = "{\"items\":[".getBytes(US_ASCII);
    int size = begin.length + Math.max(0, items.size() - 1) + rest.length + now.length;
    for (Published each : items) {
      size += each.json().length;
    }
    ByteBuffer body = ByteBuffer.allocate(size).put(begin);
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        body.put((byte) ',');
      }
      body.put(items.get(i).json());
    }
    return body.put(rest).put(now).array();
  }

  private void take(Published each, OverviewQuestion question) {
    if (next != null || !question.takes(each)) {
      return;
    }
    if (items.size() == question.limit()) {
      next = items.getLast().site().key();
    } else {
      items.add(each);
    }
  }

  /** What follows the items, but for the time. Keys and states need no escapes. */
  private byte[] rest() {
    StringBuilder text = new StringBuilder("],\"next\":");
    text.append(next == null ? "null" : "\"" + next + "\"").append(",\"counts\":{");
    String separator = "";
    for (State state : State.values()) {
      text.append(separator).append('"').append(state.spelling()).append("\":");
      text.append(counts.getOrDefault(state, 0));
      separator = ",";
    }
    return text.append('}').toString().getBytes(UTF_8);
  }

  private String tag(byte[] rest) {
    MessageDigest digest = Published.sha256();
    items.forEach(each -> digest.update(each.digest()));
    digest.update(rest);
    return "W/\"" + HexFormat.of().formatHex(digest.digest(), 0, TAG_BYTES) + "\"";
  }

  private static boolean isKnown(Request request, String tag) {
    for (String values : request.headers().all("If-None-Match")) {
      for (String value : values.split(",", -1)) {
        String known = value.strip();
        if (known.equals("*") || known.equals(tag) || ("W/" + known).equals(tag)) {
          return true;
        }
      }
    }
    return false;
  }
}
