// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.log;

import dev.weir.environment.Variables;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsBuilder;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Counts of one invocation, written as one line of CloudWatch's embedded metric format at its end.
 * Counts are added up here: however many things an invocation counts, the line has each name once.
 * Thread-safe.
 *
 * <p>{@code POWERTOOLS_METRICS_NAMESPACE} is where they go ({@value #NAMESPACE}), {@code
 * POWERTOOLS_SERVICE_NAME} is their dimension {@code Service} (the function's name), and {@code
 * WEIR_METRICS_DIMENSIONS} adds dimensions: {@code stage=live,team=web}.
 */
public final class FunctionMetrics {

  static final String NAMESPACE = "WeirMonitoring";
  static final int DIMENSIONS_MAX = 8;

  private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z]{0,63}");
  private static final Pattern DIMENSION =
      Pattern.compile("([A-Za-z][A-Za-z0-9_]{0,63})=([\\x21-\\x7e&&[^,=]]{1,250})");

  private final Metrics metrics;
  private final TreeMap<String, Long> counts = new TreeMap<>();

  private FunctionMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  /**
   * As the variables say.
   *
   * @throws IllegalArgumentException naming the one that is wrong
   */
  public static FunctionMetrics of(Variables variables) {
    Map<String, String> dimensions = new TreeMap<>();
    variables
        .value("WEIR_METRICS_DIMENSIONS")
        .ifPresent(text -> {
          for (String each : text.split(",", -1)) {
            var pair = DIMENSION.matcher(each.strip());
            if (!pair.matches() || dimensions.size() == DIMENSIONS_MAX) {
              throw new IllegalArgumentException(
                  "the environment variable WEIR_METRICS_DIMENSIONS holds up to %d of name=value,"
                          .formatted(DIMENSIONS_MAX)
                      + " divided by commas, not '"
                      + text
                      + "'");
            }
            dimensions.put(pair.group(1), pair.group(2));
          }
        });
    dimensions.put(
        "Service",
        variables
            .value("POWERTOOLS_SERVICE_NAME")
            .or(() -> variables.value("AWS_LAMBDA_FUNCTION_NAME"))
            .orElse("cpt-monitoring"));
    return new FunctionMetrics(
        MetricsBuilder.builder()
            .withNamespace(variables.value("POWERTOOLS_METRICS_NAMESPACE").orElse(NAMESPACE))
            .withDefaultDimensions(DimensionSet.of(dimensions))
            .build());
  }

  /**
   * Counts something.
   *
   * @param name such as {@code RecordsStored}: letters
   */
  public synchronized void add(String name, long count) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a metric is named as RecordsStored is, not " + name);
    }
    counts.merge(name, count, Long::sum);
  }

  /**
   * Writes what was counted, and begins anew; nothing where nothing was counted.
   *
   * @return what was written
   */
  public Map<String, Long> flush() {
    Map<String, Long> line = taken();
    if (!line.isEmpty()) {
      metrics.flushMetrics(
          out -> line.forEach((name, count) -> out.addMetric(name, count, MetricUnit.COUNT)));
    }
    return line;
  }

  private synchronized Map<String, Long> taken() {
    Map<String, Long> taken = new TreeMap<>(counts);
    counts.clear();
    return taken;
  }
}
