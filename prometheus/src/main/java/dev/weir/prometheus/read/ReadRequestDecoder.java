// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.prometheus.read.ReadRequest.ResponseType;
import dev.weir.prometheus.wire.MalformedBodyException;
import dev.weir.prometheus.wire.ProtobufReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes {@code prometheus.ReadRequest}. */
final class ReadRequestDecoder {

  private static final LabelMatcher.Type[] TYPES = LabelMatcher.Type.values();

  private final RemoteReadOptions options;
  private final ProtobufReader reader = new ProtobufReader();
  private final List<ReadQuery> queries = new ArrayList<>();
  private @Nullable ResponseType accepted;
  private boolean anyAccepted;

  ReadRequestDecoder(RemoteReadOptions options) {
    this.options = options;
  }

  ReadRequest decode(byte[] body, int length) throws MalformedBodyException, BadReadException {
    reader.reset(body, 0, length);
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      switch (tag >>> 3) {
        case 1 -> {
          reader.expect(tag, ProtobufReader.DELIMITED);
          int outer = reader.enter();
          queries.add(query());
          reader.leave(outer);
          if (queries.size() > options.queriesMax()) {
            throw new BadReadException(
                "request has more than " + options.queriesMax() + " queries; send fewer");
          }
        }
        case 2 -> acceptedTypes(tag);
        default -> reader.skip(tag);
      }
    }
    return new ReadRequest(queries, responseType());
  }

  /** The list is in the client's order of liking; the first that we have wins. */
  private void acceptedTypes(int tag) throws MalformedBodyException {
    if ((tag & 7) == ProtobufReader.VARINT) {
      accept(reader.varint());
      return;
    }
    reader.expect(tag, ProtobufReader.DELIMITED);
    int outer = reader.enter();
    while (reader.hasMore()) {
      accept(reader.varint());
    }
    reader.leave(outer);
  }

  private void accept(long type) {
    anyAccepted = true;
    if (accepted == null && type >= 0 && type < ResponseType.values().length) {
      accepted = ResponseType.values()[(int) type];
    }
  }

  private ResponseType responseType() throws BadReadException {
    if (!anyAccepted) {
      return ResponseType.SAMPLES;
    }
    if (accepted == null) {
      throw new BadReadException(
          "none of the accepted response types is known; Weir has SAMPLES (0) and"
              + " STREAMED_XOR_CHUNKS (1)");
    }
    return accepted;
  }

  private ReadQuery query() throws MalformedBodyException, BadReadException {
    long start = 0;
    long end = 0;
    long[] hints = {0, 0};
    List<LabelMatcher> matchers = new ArrayList<>();
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      switch (tag >>> 3) {
        case 1 -> start = integer(tag);
        case 2 -> end = integer(tag);
        case 3 -> {
          reader.expect(tag, ProtobufReader.DELIMITED);
          int outer = reader.enter();
          matchers.add(matcher());
          reader.leave(outer);
          if (matchers.size() > options.matchersMax()) {
            throw new BadReadException(
                "query has more than " + options.matchersMax() + " matchers; send fewer");
          }
        }
        case 4 -> {
          reader.expect(tag, ProtobufReader.DELIMITED);
          int outer = reader.enter();
          hints(hints);
          reader.leave(outer);
        }
        default -> reader.skip(tag);
      }
    }
    boolean hinted = hints[0] != 0 || hints[1] != 0;
    return new ReadQuery(
        hinted ? Math.max(start, hints[0]) : start,
        hinted ? Math.min(end, hints[1]) : end,
        matchers);
  }

  private void hints(long[] range) throws MalformedBodyException {
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      switch (tag >>> 3) {
        case 3 -> range[0] = integer(tag);
        case 4 -> range[1] = integer(tag);
        default -> reader.skip(tag);
      }
    }
  }

  private LabelMatcher matcher() throws MalformedBodyException, BadReadException {
    long type = 0;
    String name = "";
    String value = "";
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      switch (tag >>> 3) {
        case 1 -> type = integer(tag);
        case 2 -> name = text(tag);
        case 3 -> value = text(tag);
        default -> reader.skip(tag);
      }
    }
    if (type < 0 || type >= TYPES.length) {
      throw new BadReadException("matcher type " + type + " is not known");
    }
    LabelMatcher.Type known = TYPES[(int) type];
    boolean regex = known == LabelMatcher.Type.REGEX || known == LabelMatcher.Type.NOT_REGEX;
    if (regex && value.getBytes(StandardCharsets.UTF_8).length > options.regexBytesMax()) {
      throw new BadReadException(
          "regular expression is longer than " + options.regexBytesMax() + " bytes; shorten it");
    }
    return LabelMatcher.of(known, name, value);
  }

  private long integer(int tag) throws MalformedBodyException {
    reader.expect(tag, ProtobufReader.VARINT);
    return reader.varint();
  }

  private String text(int tag) throws MalformedBodyException {
    reader.expect(tag, ProtobufReader.DELIMITED);
    return reader.string();
  }
}
