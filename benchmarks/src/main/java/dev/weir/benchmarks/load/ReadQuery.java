// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.xerial.snappy.Snappy;

/**
 * One remote read request.
 *
 * @param endMillis inclusive, as in the protocol
 * @param streamed asks for XOR chunks instead of samples
 * @param expectedSamples what an exact answer holds
 */
public record ReadQuery(
    String name,
    long startMillis,
    long endMillis,
    List<Matcher> matchers,
    boolean streamed,
    long expectedSamples) {

  public static final int EQUAL = 0;
  private static final int REGEX = 2;
  private static final long HOUR_MILLIS = 3_600_000;

  /** One label matcher; type as in the protocol. */
  public record Matcher(int type, String label, String value) {}

  /** One metric, two label matchers, the last loaded hour: five series. */
  static ReadQuery oneHour(LoadShape shape, int target) {
    long end = shape.loadedEndMillis() - 1;
    long start = Math.max(shape.baseMillis(), end - HOUR_MILLIS + 1);
    long steps = (end - start + 1) / LoadShape.STEP_MILLIS;
    return new ReadQuery(
        "q1, one metric, two matchers, 1 h",
        start,
        end,
        List.of(
            new Matcher(EQUAL, "__name__", MadeSeries.REQUESTS_METRIC),
            new Matcher(EQUAL, "job", MadeSeries.job(target)),
            new Matcher(EQUAL, "instance", MadeSeries.instance(target))),
        false,
        steps * MadeSeries.CODES.length);
  }

  /** A regular expression that selects five namespaces, six hours: a hundredth of all series. */
  static ReadQuery sixHours(LoadShape shape, boolean streamed) {
    long end = shape.loadedEndMillis() - 1;
    long start = end - 6 * HOUR_MILLIS + 1;
    long steps = Math.min(shape.steps(), 6 * HOUR_MILLIS / LoadShape.STEP_MILLIS);
    long targets = Math.min(shape.targets(), 5 * MadeSeries.TARGETS_PER_NAMESPACE);
    return new ReadQuery(
        "q2, regular expression, 6 h, " + (streamed ? "STREAMED" : "SAMPLES"),
        start,
        end,
        List.of(
            new Matcher(EQUAL, "__name__", MadeSeries.REQUESTS_METRIC),
            new Matcher(REGEX, "namespace", "team-[0-4]")),
        streamed,
        targets * MadeSeries.CODES.length * steps);
  }

  /** The body of the request. */
  public byte[] encode() throws IOException {
    ByteArrayOutputStream query = new ByteArrayOutputStream();
    query.write(0x08);
    RequestTemplate.writeVarint(query, startMillis);
    query.write(0x10);
    RequestTemplate.writeVarint(query, endMillis);
    for (Matcher matcher : matchers) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(0x08);
      RequestTemplate.writeVarint(out, matcher.type());
      RequestTemplate.writeText(out, 0x12, matcher.label());
      RequestTemplate.writeText(out, 0x1a, matcher.value());
      writeMessage(query, 0x1a, out.toByteArray());
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    writeMessage(request, 0x0a, query.toByteArray());
    if (streamed) {
      writeMessage(request, 0x12, new byte[] {1}); // accepted_response_types: STREAMED_XOR_CHUNKS
    }
    return Snappy.compress(request.toByteArray());
  }

  private static void writeMessage(ByteArrayOutputStream out, int tag, byte[] message) {
    out.write(tag);
    RequestTemplate.writeVarint(out, message.length);
    out.writeBytes(message);
  }
}
