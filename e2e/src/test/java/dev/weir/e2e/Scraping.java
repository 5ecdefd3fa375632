// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

/** The configuration of the first Prometheus: it scrapes every second and writes to Weir. */
record Scraping(int ownPort, int nodePort, int vanishingPort, Receiver weir) {

  /** The label sets hold what is hard to store: forbidden names, two cases, quotes, line ends. */
  String yaml() {
    return head()
        + """
        scrape_configs:
          - job_name: prometheus
            static_configs:
              - targets: ['127.0.0.1:%d']
                labels:
                  weir_zone: z
                  measure_name: m
                  time: t
                  Job: upper
                  quoted: "it's \\"quoted\\" \\\\ and ünïcode \\n"
          - job_name: weir
            static_configs: [{targets: ['127.0.0.1:%d']}]
          - job_name: node
            static_configs: [{targets: ['127.0.0.1:%d']}]
          - job_name: vanishing
            static_configs: [{targets: ['127.0.0.1:%d']}]
        """
            .formatted(ownPort, weir.web().port(), nodePort, vanishingPort);
  }

  /**
   * The same jobs without targets, so that every series gets its stale marker; a job that goes
   * altogether leaves none. What is left is still sent.
   */
  String yamlWithoutTargets() {
    return head()
        + """
        scrape_configs: [{job_name: prometheus}, {job_name: weir}, {job_name: node}, {job_name: vanishing}]
        """;
  }

  private String head() {
    return """
    global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
    rule_files: [rules.yml]
    remote_write:
      - url: http://127.0.0.1:%d/api/v1/write
        queue_config: {batch_send_deadline: 100ms, max_backoff: 500ms}
        %s
    """
        .formatted(weir.web().port(), weir.credentialsYaml());
  }

  static String rules() {
    return """
    groups:
      - name: rules
        rules:
          - {record: 'job:up:sum', expr: 'sum by (job) (up)'}
    """;
  }

  /** The configuration of the second Prometheus: it has nothing but what Weir gives. */
  static String readerYaml(Receiver weir) {
    return """
    remote_read:
      - url: http://127.0.0.1:%d/api/v1/read
        read_recent: true
        %s
    """
        .formatted(weir.web().port(), weir.credentialsYaml());
  }
}
