// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonReportTest {

  @Test
  void tellsTheLastHopAndAllOfThem() {
    String last =
        "\"status\":200,%s\"headers_s\":0.0765,\"total_s\":%s,\"phases_s\":{\"dns\":0.002,"
            + "\"connect\":0.01,\"tls\":0.028,\"send\":0,\"wait\":0.0365,\"body\":0.0035}";
    String peer =
        ",\"cert_days\":42,\"address\":\"192.0.2.7\",\"http_version\":\"HTTP/2\","
            + "\"tls_version\":\"TLSv1.3\"";
    String none = "\"error_class\":\"none\",\"error\":null,";
    assertThat(JsonReport.of(Runs.outcome("http://shop.example/", Runs.up(Runs.redirected()))))
        .isEqualTo(
            "{\"url\":\"http://shop.example/\",\"up\":true,"
                + last.formatted(none, "0.1")
                + peer
                + ",\"hops\":[{\"url\":\"http://shop.example/\",\"status\":301,"
                + "\"headers_s\":0.02,\"total_s\":0.02,\"phases_s\":{\"dns\":0,\"connect\":0.005,"
                + "\"tls\":null,\"send\":0.00012,\"wait\":0.01488,\"body\":0},"
                + "\"cert_days\":null,\"address\":\"192.0.2.7\",\"http_version\":\"HTTP/1.1\","
                + "\"tls_version\":null},{\"url\":\"https://shop.example/\","
                + last.formatted("", "0.08")
                + peer
                + "}],\"requests\":[{\"up\":true,"
                + last.formatted(none, "0.1")
                + "}]}");
  }

  @Test
  void whatWasNotReachedIsNull() {
    assertThat(
            JsonReport.of(
                Runs.outcome(
                    "http://127.0.0.1:8080/",
                    Runs.down(Runs.timedOut().failure(), Runs.timedOut()))))
        .startsWith(
            "{\"url\":\"http://127.0.0.1:8080/\",\"up\":false,\"status\":null,"
                + "\"error_class\":\"timeout\","
                + "\"error\":\"no answer of 127.0.0.1:8080 within 30s\\u001b[2J\","
                + "\"headers_s\":null,\"total_s\":30,\"phases_s\":{\"dns\":0,\"connect\":0.001,"
                + "\"tls\":null,\"send\":0,\"wait\":29.999,\"body\":null},\"cert_days\":null,"
                + "\"address\":\"127.0.0.1\",\"http_version\":null,\"tls_version\":null,");
  }

  @Test
  void everyRequestHasItsJudgement() {
    String json =
        JsonReport.of(
            Runs.outcome(
                "http://127.0.0.1:8080/",
                Runs.up(Runs.plain(20), Runs.timedOut(), Runs.plain(10))));
    assertThat(json)
        .contains(
            "\"up\":true,\"status\":200,\"error_class\":\"none\",\"error\":null,\"headers_s\":0.01,");
    String requests = json.substring(json.indexOf("\"requests\":"));
    assertThat(requests)
        .containsSubsequence(
            "{\"up\":true,\"status\":200,", "\"total_s\":0.02,",
            "{\"up\":false,\"status\":null,\"error_class\":\"timeout\",", "\"total_s\":30,",
            "{\"up\":true,", "\"total_s\":0.01,");
  }
}
