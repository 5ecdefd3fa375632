// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks;

import dev.weir.prometheus.wire.XorChunkEncoder;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one sample costs on its way into a chunk of streamed remote read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReadBenchmark {
  /** As many as Prometheus puts into one chunk. */
  private static final int SAMPLES = 120;

  private static final long BASE_MILLIS = 1_767_225_600_000L;

  /** A counter, or random doubles, which nothing compresses. */
  @Param({"counter", "random"})
  public String values = "";

  private final long[] millis = new long[SAMPLES];
  private final long[] bits = new long[SAMPLES];
  private final XorChunkEncoder encoder = new XorChunkEncoder();

  @Setup
  public void makeSamples() {
    SplittableRandom random = new SplittableRandom(1);
    for (int sample = 0; sample < SAMPLES; sample++) {
      millis[sample] = BASE_MILLIS + sample * 15_000L + random.nextInt(5);
      double value = values.equals("counter") ? sample * 17.0 : random.nextDouble();
      bits[sample] = Double.doubleToRawLongBits(value);
    }
  }

  /** One XOR chunk. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public int encodeXorChunk() {
    encoder.clear();
    for (int sample = 0; sample < SAMPLES; sample++) {
      encoder.add(millis[sample], bits[sample]);
    }
    return encoder.size();
  }
}
