// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What the runs of a range come to, for charts.
 *
 * @param all one for each bin
 */
record SiteSeries(Bins bins, List<Bin> all, List<Region> regions, Totals total) {

  /** Percentiles of a whole range. */
  static final List<Integer> PERCENTILES = List.of(50, 75, 90, 95, 99);

  /**
   * One bin; latencies in seconds, null where no run has one.
   *
   * @param phases means, by name
   */
  record Bin(
      long runs,
      long failed,
      long missed,
      @Nullable Double mean,
      @Nullable Double p50,
      @Nullable Double p95,
      @Nullable Double max,
      Map<String, @Nullable Double> phases) {
    static final Bin NONE = new Bin(0, 0, 0, null, null, null, null, Map.of());

    Bin with(Map<String, @Nullable Double> measured) {
      return new Bin(runs, failed, missed, mean, p50, p95, max, measured);
    }
  }

  /**
   * A whole range.
   *
   * @param percentiles of latencies, in seconds, by percent
   */
  record Totals(long runs, long failed, long missed, Map<Integer, @Nullable Double> percentiles) {
    static final Totals NONE = new Totals(0, 0, 0, Map.of());
  }

  /**
   * One region.
   *
   * @param means one for each bin
   */
  record Region(String region, Totals totals, List<@Nullable Double> means) {}

  /** The same with phases, by the number of their bin. */
  SiteSeries with(Map<Integer, Map<String, @Nullable Double>> phases) {
    List<Bin> withPhases = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      withPhases.add(all.get(i).with(phases.getOrDefault(i, Map.of())));
    }
    return new SiteSeries(bins, withPhases, regions, total);
  }

  void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("from_ms", bins.from().toEpochMilli());
    json.writeNumberProperty("to_ms", bins.to().toEpochMilli());
    json.writeNumberProperty("step_s", bins.step().toSeconds());
    counts(json, "runs", Bin::runs);
    counts(json, "failed", Bin::failed);
    counts(json, "missed", Bin::missed);
    json.writeObjectPropertyStart("latency_s");
    figures(json, "mean", Bin::mean);
    figures(json, "p50", Bin::p50);
    figures(json, "p95", Bin::p95);
    figures(json, "max", Bin::max);
    json.writeEndObject();
    json.writeObjectPropertyStart("phases_s");
    CheckRun.PHASES.forEach(phase -> figures(json, phase, bin -> bin.phases().get(phase)));
    json.writeEndObject();
    json.writeArrayPropertyStart("regions");
    regions.forEach(region -> write(json, region));
    json.writeEndArray();
    json.writeObjectPropertyStart("total");
    json.writeNumberProperty("runs", total.runs());
    json.writeNumberProperty("failed", total.failed());
    json.writeNumberProperty("missed", total.missed());
    percentiles(json, total);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Region region) {
    json.writeStartObject();
    json.writeStringProperty("region", region.region());
    json.writeNumberProperty("runs", region.totals().runs());
    json.writeNumberProperty("failed", region.totals().failed());
    percentiles(json, region.totals());
    json.writeArrayPropertyStart("mean_s");
    region.means().forEach(mean -> Numbers.seconds(json, mean));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void percentiles(JsonGenerator json, Totals totals) {
    PERCENTILES.forEach(percent ->
        Numbers.seconds(
            json, "latency_p%d_s".formatted(percent), totals.percentiles().get(percent)));
  }

  private void counts(JsonGenerator json, String name, ToLongFunction<Bin> count) {
    array(json, name, bin -> json.writeNumber(count.applyAsLong(bin)));
  }

  private void figures(JsonGenerator json, String name, Function<Bin, @Nullable Double> figure) {
    array(json, name, bin -> Numbers.seconds(json, figure.apply(bin)));
  }

  private void array(JsonGenerator json, String name, Consumer<Bin> value) {
    json.writeArrayPropertyStart(name);
    all.forEach(value);
    json.writeEndArray();
  }
}
