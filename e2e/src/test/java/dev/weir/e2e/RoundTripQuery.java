// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.util.List;

/**
 * A PromQL query that both sides must answer alike.
 *
 * @param additions the value is a sum over series, whose last bits depend on their order
 * @param instantOnly cannot be asked over a range: its answer is a range already
 */
record RoundTripQuery(String text, boolean additions, boolean instantOnly) {

  static RoundTripQuery exact(String text) {
    return new RoundTripQuery(text, false, false);
  }

  static RoundTripQuery sum(String text) {
    return new RoundTripQuery(text, true, false);
  }

  static RoundTripQuery raw(String text) {
    return new RoundTripQuery(text, false, true);
  }

  static List<RoundTripQuery> selectors() {
    return List.of(
        // Everything, sample by sample, with its own time.
        raw("{job=~\".+\"}[5m]"),
        raw("{job=\"node\",__name__=~\"node_(cpu|memory|network).*\"}[1m]"),
        // The four kinds of matchers.
        exact("up"),
        exact("up{job=\"node\"}"),
        exact("up{job!=\"node\"}"),
        exact("up{job=~\"no.*|weir\"}"),
        exact("up{job!~\"no.*\"}"),
        exact("up{job=~\"nod\"}"),
        exact("{__name__=~\"scrape_.+\"}"),
        exact("{__name__!~\"(go|node|prometheus|net|process|weir|jvm).*\",job!=\"\"}"),
        exact("{__name__=\"node_cpu_seconds_total\",mode!~\"idle|iowait\",cpu=\"0\"}"),
        exact("{job=\"weir\"}"),
        // A label that is absent is a label that is empty.
        exact("up{nosuch=\"\"}"),
        exact("up{nosuch!=\"x\"}"),
        exact("up{nosuch=~\"x|\"}"),
        exact("up{nosuch=~\".*\",job!=\"\"}"),
        exact("up{nosuch!~\"x\"}"),
        exact("up{nosuch=~\".+\"}"),
        exact("up{nosuch!=\"\"}"),
        exact("{job=\"node\",device=\"\",__name__=~\"node_[a-f].*\"}"),
        exact("{__name__=\"node_network_receive_bytes_total\",device!=\"\"}"),
        // Names that are not plain.
        exact("job:up:sum"),
        exact("up{weir_zone=\"z\",measure_name=\"m\",time=\"t\",Job=\"upper\"}"),
        exact("up{quoted=\"it's \\\"quoted\\\" \\\\ and ünïcode \\n\"}"));
  }

  static List<RoundTripQuery> functions() {
    return List.of(
        exact("rate(node_cpu_seconds_total[10s])"),
        exact("irate(process_cpu_seconds_total[5s])"),
        exact("increase(prometheus_tsdb_head_samples_appended_total[10s])"),
        exact("delta(go_goroutines[10s])"),
        sum("deriv(go_memstats_alloc_bytes[10s])"),
        exact("changes(go_goroutines[20s])"),
        exact("resets(go_memstats_alloc_bytes[20s])"),
        exact("count_over_time(up[10s])"),
        exact("last_over_time(scrape_duration_seconds[10s])"),
        sum("stddev_over_time(scrape_duration_seconds[10s])"),
        exact("quantile_over_time(0.9, scrape_duration_seconds[10s])"),
        sum("sum by (mode) (rate(node_cpu_seconds_total[10s]))"),
        sum("sum without (cpu, mode) (node_cpu_seconds_total)"),
        sum("avg by (job) (scrape_samples_scraped)"),
        exact("count by (__name__) ({job=\"node\"})"),
        exact("topk(3, scrape_duration_seconds)"),
        exact("bottomk(2, scrape_duration_seconds)"),
        exact("quantile(0.5, scrape_duration_seconds)"),
        exact("count_values(\"value\", up)"),
        sum(
            "histogram_quantile(0.9, sum by (le, handler)"
                + " (rate(prometheus_http_request_duration_seconds_bucket[15s])))"),
        exact("histogram_quantile(0.5, prometheus_tsdb_compaction_chunk_range_seconds_bucket)"),
        exact("{quantile=~\"0.*\"}"),
        exact("up offset 7s"),
        exact("rate(process_cpu_seconds_total[10s] offset 5s)"),
        exact("go_goroutines @ end()"),
        exact("max_over_time(rate(prometheus_tsdb_head_samples_appended_total[5s])[15s:1s])"),
        sum("avg_over_time(sum(go_goroutines)[10s:500ms])"),
        exact("label_replace(up, \"host\", \"$1\", \"instance\", \"(.*):.*\")"),
        exact("label_join(up, \"both\", \"/\", \"job\", \"instance\")"),
        exact("timestamp(up)"),
        exact("absent(nosuch_metric{job=\"x\"})"),
        exact("node_uname_info * on (instance) group_left () up"),
        exact("scrape_samples_scraped > 100 or up unless up{job=\"node\"}"),
        exact("scalar(count(up))"));
  }

  /** About a target that is there at first and then not. */
  static List<RoundTripQuery> staleness(String job) {
    return List.of(
        exact("up{job=\"" + job + "\"}"),
        exact("node_load1{job=\"" + job + "\"}"),
        exact("count({job=\"" + job + "\"})"),
        exact("absent(node_load1{job=\"" + job + "\"})"),
        exact("count_over_time(node_load1{job=\"" + job + "\"}[10s])"),
        raw("{job=\"" + job + "\"}[5m]"));
  }
}
