// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import static dev.weir.prometheus.TimestreamNames.BITS_SUFFIX;
import static dev.weir.prometheus.TimestreamNames.LABEL_BYTES_MAX;
import static dev.weir.prometheus.TimestreamNames.METRIC_BYTES_MAX;
import static dev.weir.prometheus.TimestreamNames.METRIC_LABEL;

import dev.weir.model.Dimension;
import dev.weir.model.Series;
import dev.weir.prometheus.TimestreamNames;
import dev.weir.prometheus.wire.MalformedBodyException;
import dev.weir.prometheus.wire.ProtobufReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a series of its labels, or says why it can't be stored. The slow side of {@link
 * SeriesCache}: runs once per series. Thread-safe.
 */
public final class LabelReader {

  private static final int LABEL = ProtobufReader.tag(1, ProtobufReader.DELIMITED);
  private static final int SHOWN_CHARACTERS_MAX = 80;

  private final boolean failOnLongLabel;
  private final DimensionPool dimensions = new DimensionPool();

  /** Remote write's rules for names; the options decide what becomes of long ones. */
  public LabelReader(RemoteWriteOptions options) {
    this.failOnLongLabel = options.failOnLongLabel();
  }

  /** A label set on its way to be a series. */
  private static final class Draft {
    final List<Dimension> dimensions = new ArrayList<>(16);
    final Set<String> names = new HashSet<>(32);
    @Nullable String metric;
    @Nullable Refusal refusal;

    void refuse(Reason reason, String message, boolean droppable) {
      if (refusal == null || (refusal.droppable() && !droppable)) {
        refusal = new Refusal(reason, message, droppable);
      }
    }
  }

  KnownSeries read(byte[] key, long hash) throws MalformedBodyException {
    Draft draft = new Draft();
    ProtobufReader reader = new ProtobufReader().reset(key, 0, key.length);
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      reader.expect(tag, ProtobufReader.DELIMITED);
      if (tag != LABEL) {
        throw new MalformedBodyException("no label", reader.position());
      }
      label(reader, key, draft);
    }
    return decide(draft, key, hash);
  }

  private void label(ProtobufReader reader, byte[] key, Draft draft) throws MalformedBodyException {
    int outer = reader.enter();
    String name = "";
    String value = "";
    while (reader.hasMore()) {
      int tag = reader.nextTag();
      switch (tag >>> 3) {
        case 1 -> name = text(reader, tag, key, draft);
        case 2 -> value = text(reader, tag, key, draft);
        default -> reader.skip(tag);
      }
    }
    reader.leave(outer);
    if (draft.refusal == null || draft.refusal.reason() != Reason.INVALID_TEXT) {
      accept(name, value, draft);
    }
  }

  private static String text(ProtobufReader reader, int tag, byte[] key, Draft draft)
      throws MalformedBodyException {
    reader.expect(tag, ProtobufReader.DELIMITED);
    int length = reader.length();
    int start = reader.position();
    reader.seek(start + length);
    try {
      return ProtobufReader.utf8(key, start, length);
    } catch (MalformedBodyException notUtf8) {
      draft.refuse(Reason.INVALID_TEXT, "a label is not UTF-8", false);
      return "";
    }
  }

  private void accept(String name, String value, Draft draft) {
    if (name.isEmpty()) {
      draft.refuse(Reason.EMPTY_LABEL_NAME, "a label has an empty name", false);
    } else if (!draft.names.add(name)) {
      draft.refuse(Reason.DUPLICATE_LABEL, "label " + shown(name) + " is there twice", false);
    } else if (value.isEmpty()) {
      // The same as no label at all (Prometheus data model).
      return;
    } else if (name.equals(METRIC_LABEL)) {
      draft.metric = value;
    } else {
      dimension(TimestreamNames.dimensionOfLabel(name), value, draft);
    }
  }

  private void dimension(String name, String value, Draft draft) {
    int bytes = TimestreamNames.bytes(name);
    if (bytes > LABEL_BYTES_MAX) {
      String message =
          "label name %s has %d bytes in Timestream; the limit is %d"
              .formatted(shown(name), bytes, LABEL_BYTES_MAX);
      draft.refuse(Reason.LONG_NAME, message, !failOnLongLabel);
      return;
    }
    draft.dimensions.add(dimensions.share(name, value));
  }

  private KnownSeries decide(Draft draft, byte[] key, long hash) {
    if (draft.names.isEmpty() && draft.refusal == null) {
      draft.refuse(Reason.NO_LABELS, "a series has no labels", false);
    } else if (draft.metric == null) {
      draft.refuse(Reason.NO_METRIC_NAME, "a series has no label __name__", false);
    }
    String measure = draft.metric == null ? "" : TimestreamNames.measureOfMetric(draft.metric);
    if (measure.endsWith(BITS_SUFFIX)) {
      draft.refuse(
          Reason.RESERVED_NAME,
          "metric name %s ends in %s, which Weir keeps for itself"
              .formatted(shown(measure), BITS_SUFFIX),
          false);
    }
    int bytes = TimestreamNames.bytes(measure);
    if (bytes > METRIC_BYTES_MAX) {
      draft.refuse(
          Reason.LONG_NAME, longMetric(measure, bytes, METRIC_BYTES_MAX), !failOnLongLabel);
    }
    if (draft.refusal != null) {
      return KnownSeries.refused(key, hash, draft.refusal);
    }
    Series series = Series.of(dimensions.share(measure), draft.dimensions);
    int bitsBytesMax = METRIC_BYTES_MAX - BITS_SUFFIX.length();
    if (bytes > bitsBytesMax) {
      Refusal refusal =
          new Refusal(
              Reason.NON_FINITE,
              "values that are not finite can't be kept: "
                  + longMetric(measure, bytes, bitsBytesMax),
              true);
      return KnownSeries.withoutBits(key, hash, series, refusal);
    }
    return KnownSeries.stored(key, hash, series);
  }

  private static String longMetric(String measure, int bytes, int limit) {
    return "metric name %s has %d bytes; the limit is %d".formatted(shown(measure), bytes, limit);
  }

  private static String shown(String text) {
    return '"'
        + (text.length() > SHOWN_CHARACTERS_MAX
            ? text.substring(0, SHOWN_CHARACTERS_MAX) + "…"
            : text)
        + '"';
  }
}
