// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import dev.weir.exchange.Response;
import dev.weir.prometheus.RemoteBody;
import java.util.Arrays;

/**
 * A decoded request as columns: occurrences of series, each with a run of samples. Reused between
 * requests; not thread-safe.
 */
public final class DecodedWrite {

  /**
   * The most series and the most samples of a request, and the most symbols. Prometheus sends 2,000
   * samples, vmagent 10,000; this bounds the memory that a body of very small elements, or of
   * nothing but new series, can ask for.
   */
  static final int ELEMENTS_MAX = 1 << 18;

  /** Columns longer than this are not kept for the next request. */
  private static final int KEPT_MAX = 1 << 16;

  private KnownSeries[] series = new KnownSeries[1_024];
  private int[] sampleEnds = new int[1_024];
  private long[] epochMillis = new long[2_048];
  private long[] valueBits = new long[2_048];
  private int seriesCount;
  private int sampleCount;
  private long histograms;
  private long exemplars;
  private long metadata;
  private boolean something;

  /** Forgets the last request; keeps its columns unless they are large. */
  public void clear() {
    if (series.length > KEPT_MAX || epochMillis.length > KEPT_MAX) {
      series = new KnownSeries[1_024];
      sampleEnds = new int[1_024];
      epochMillis = new long[2_048];
      valueBits = new long[2_048];
    } else {
      Arrays.fill(series, 0, seriesCount, null);
    }
    seriesCount = 0;
    sampleCount = 0;
    histograms = 0;
    exemplars = 0;
    metadata = 0;
    something = false;
  }

  void addSample(long timeMillis, long rawBits) throws RemoteBody.Refused {
    if (sampleCount == epochMillis.length) {
      int length = longer(sampleCount, "samples");
      epochMillis = Arrays.copyOf(epochMillis, length);
      valueBits = Arrays.copyOf(valueBits, length);
    }
    epochMillis[sampleCount] = timeMillis;
    valueBits[sampleCount++] = rawBits;
  }

  /** Ends a series: the samples added since the last one are its own. */
  void endSeries(KnownSeries known) throws RemoteBody.Refused {
    if (seriesCount == series.length) {
      int length = longer(seriesCount, "series");
      series = Arrays.copyOf(series, length);
      sampleEnds = Arrays.copyOf(sampleEnds, length);
    }
    series[seriesCount] = known;
    sampleEnds[seriesCount++] = sampleCount;
    something = true;
  }

  void addHistogram() {
    histograms++;
  }

  void addExemplar() {
    exemplars++;
  }

  void addMetadata() {
    metadata++;
    something = true;
  }

  void sawSomething() {
    something = true;
  }

  private static int longer(int length, String what) throws RemoteBody.Refused {
    if (length >= ELEMENTS_MAX) {
      throw tooMany(what);
    }
    return length * 2;
  }

  static RemoteBody.Refused tooMany(String what) {
    return new RemoteBody.Refused(
        Response.text(
            413, "request has more than " + ELEMENTS_MAX + " " + what + "; send smaller requests"));
  }

  public int seriesCount() {
    return seriesCount;
  }

  public int sampleCount() {
    return sampleCount;
  }

  public KnownSeries series(int index) {
    return series[index];
  }

  /** The first sample of a series, inclusive. */
  public int samplesFrom(int index) {
    return index == 0 ? 0 : sampleEnds[index - 1];
  }

  /** The last sample of a series, exclusive. */
  public int samplesTo(int index) {
    return sampleEnds[index];
  }

  public long epochMillis(int sample) {
    return epochMillis[sample];
  }

  public long valueBits(int sample) {
    return valueBits[sample];
  }

  long histograms() {
    return histograms;
  }

  long exemplars() {
    return exemplars;
  }

  long metadata() {
    return metadata;
  }

  /** Whether there was any field that the message knows. */
  boolean hasSomething() {
    return something;
  }
}
