// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import java.nio.charset.StandardCharsets;

/**
 * How label and metric names are written in Timestream, and read back.
 *
 * <p>{@code weir_} is the escape: wherever it occurs it is doubled, a colon in a label name becomes
 * {@code weir_3A_}, and a name that Timestream forbids gets a leading {@code weir_}. No forbidden
 * name begins with {@code weir_}, so reading from left to right is unambiguous. Case is kept. The
 * forbidden names are those of the AWS developer guide, "Quotas" (system identifiers), and of AWS
 * IoT's TimestreamDimension.
 */
public final class TimestreamNames {

  /** The label that holds the metric name. */
  public static final String METRIC_LABEL = "__name__";

  /** Ends the measure name of the points that hold what is no finite number. */
  public static final String BITS_SUFFIX = "~bits";

  /** Timestream's limit for a dimension name, UTF-8 bytes. */
  public static final int LABEL_BYTES_MAX = 60;

  /** Timestream's limit for a measure name, UTF-8 bytes. */
  public static final int METRIC_BYTES_MAX = 256;

  private static final String ESCAPE = "weir_";
  private static final String ESCAPED_ESCAPE = "weir_weir_";
  private static final String ESCAPED_COLON = "weir_3A_";

  private TimestreamNames() {}

  /** The dimension name of a label. */
  public static String dimensionOfLabel(String label) {
    return write(label, true);
  }

  /** The label of a dimension name. */
  public static String labelOfDimension(String dimension) {
    return read(dimension, true);
  }

  /** The measure name of a metric. */
  public static String measureOfMetric(String metric) {
    return write(metric, false);
  }

  /** The metric of a measure name, whether it holds finite values or bits. */
  public static String metricOfMeasure(String measure) {
    return read(isBits(measure) ? measure.substring(0, measure.length() - 5) : measure, false);
  }

  /** Whether a measure name holds values that are not finite, as bits. */
  public static boolean isBits(String measure) {
    return measure.endsWith(BITS_SUFFIX) && measure.length() > BITS_SUFFIX.length();
  }

  /** The length of a name in UTF-8 bytes. */
  public static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String write(String name, boolean escapeColon) {
    boolean plain = !name.contains(ESCAPE) && !(escapeColon && name.indexOf(':') >= 0);
    String escaped = plain ? name : escape(name, escapeColon);
    return forbidden(escaped) ? ESCAPE + escaped : escaped;
  }

  private static String escape(String name, boolean escapeColon) {
    String escaped = name.replace(ESCAPE, ESCAPED_ESCAPE);
    return escapeColon ? escaped.replace(":", ESCAPED_COLON) : escaped;
  }

  private static boolean forbidden(String name) {
    return name.equals("time")
        || name.startsWith("ts_")
        || name.startsWith("measure_name")
        || name.startsWith("measure_value");
  }

  private static String read(String name, boolean escapedColon) {
    if (!name.contains(ESCAPE)) {
      return name;
    }
    StringBuilder read = new StringBuilder(name.length());
    int at = 0;
    while (at < name.length()) {
      if (name.startsWith(ESCAPED_ESCAPE, at)) {
        read.append(ESCAPE);
        at += ESCAPED_ESCAPE.length();
      } else if (escapedColon && name.startsWith(ESCAPED_COLON, at)) {
        read.append(':');
        at += ESCAPED_COLON.length();
      } else if (at == 0 && name.startsWith(ESCAPE)) {
        at += ESCAPE.length();
      } else {
        read.append(name.charAt(at++));
      }
    }
    return read.toString();
  }
}
