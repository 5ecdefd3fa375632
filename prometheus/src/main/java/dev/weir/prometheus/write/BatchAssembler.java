// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import java.time.Instant;

/** Makes a batch of points of a decoded request, and tallies what has no place in it. */
final class BatchAssembler {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long EPOCH_MILLIS_MAX = Long.MAX_VALUE / NANOS_PER_MILLI;
  private static final long EXPONENT = 0x7FF0_0000_0000_0000L;
  private static final int SHOWN_CHARACTERS_MAX = 200;

  private final boolean failOnInvalidSampleValue;
  private final NonFiniteSamples nonFiniteSamples;

  BatchAssembler(RemoteWriteOptions options) {
    this.failOnInvalidSampleValue = options.failOnInvalidSampleValue();
    this.nonFiniteSamples = options.nonFiniteSamples();
  }

  PointBatch assemble(DecodedWrite decoded, Tally tally) {
    PointBatch.Builder batch = new PointBatch.Builder(decoded.sampleCount());
    boolean mayMeet = SampleIndex.needed(decoded);
    SampleIndex index = mayMeet ? new SampleIndex(decoded) : null;
    for (int i = 0; i < decoded.seriesCount(); i++) {
      KnownSeries known = decoded.series(i);
      int to = decoded.samplesTo(i);
      Series series = known.series();
      Refusal refusal = known.refusal();
      if (series == null) {
        if (refusal != null) {
          tally.refuse(refusal, to - decoded.samplesFrom(i));
        }
        continue;
      }
      for (int sample = decoded.samplesFrom(i); sample < to; sample++) {
        int first = index == null ? -1 : index.add(sample);
        if (first < 0) {
          add(known, series, decoded.epochMillis(sample), decoded.valueBits(sample), batch, tally);
        } else if (decoded.valueBits(first) == decoded.valueBits(sample)) {
          tally.repeat();
        } else {
          conflict(series, decoded.epochMillis(sample), tally);
        }
      }
    }
    return batch.build();
  }

  private void add(
      KnownSeries known,
      Series series,
      long epochMillis,
      long valueBits,
      PointBatch.Builder batch,
      Tally tally) {
    if (epochMillis < 0) {
      tally.refuse(Reason.TOO_OLD, 1, shown(series) + ": time is before 1970");
    } else if (epochMillis > EPOCH_MILLIS_MAX) {
      tally.refuse(Reason.TOO_NEW, 1, shown(series) + ": time is after the year 2262");
    } else if ((valueBits & EXPONENT) != EXPONENT) {
      batch.addDouble(series, epochMillis * NANOS_PER_MILLI, Double.longBitsToDouble(valueBits));
    } else {
      addBits(known, series, epochMillis, valueBits, batch, tally);
    }
  }

  private void addBits(
      KnownSeries known,
      Series series,
      long epochMillis,
      long valueBits,
      PointBatch.Builder batch,
      Tally tally) {
    Series bits = known.bits();
    Refusal refusal = known.bitsRefusal();
    if (failOnInvalidSampleValue) {
      tally.refuse(Reason.NON_FINITE, 1, shown(series) + ": value is not finite");
    } else if (nonFiniteSamples == NonFiniteSamples.DROP) {
      tally.refuse(
          new Refusal(Reason.NON_FINITE, "values that are not finite are set to be dropped", true),
          1);
    } else if (bits != null) {
      batch.addBigint(bits, epochMillis * NANOS_PER_MILLI, valueBits);
    } else if (refusal != null) {
      tally.refuse(refusal, 1);
    }
  }

  private static void conflict(Series series, long epochMillis, Tally tally) {
    String message =
        tally.wantsExample()
            ? shown(series)
                + " at "
                + Instant.ofEpochMilli(epochMillis)
                + ": two values in one request"
            : "";
    tally.refuse(Reason.CONFLICT, 1, message);
  }

  /** A series for a message, cut short. */
  static String shown(Series series) {
    String text = series.toString();
    return text.length() > SHOWN_CHARACTERS_MAX
        ? text.substring(0, SHOWN_CHARACTERS_MAX) + "…"
        : text;
  }
}
