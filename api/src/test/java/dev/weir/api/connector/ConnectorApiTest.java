// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.api.openapi.OpenApiAnswers;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectorApiTest {

  private static final ConnectorFigures.Upstream UPSTREAM =
      new ConnectorFigures.Upstream(9, 2, 1, OptionalDouble.of(0.05), OptionalDouble.empty(), 12);

  @Test
  void tellsOfAConnectorWithAStoreOfItsOwn() {
    String body = OpenApiAnswers.check("connector", answer(null, Caller.operator()));

    assertThat(body)
        .contains("\"store\":\"embedded\"", "\"upstream\":null")
        .contains("\"samples_per_s\":300.0", "\"samples_per_s_history\":[null,100.0,200.0,300.0]")
        .contains("{\"reason\":\"too_old\",\"samples\":5}", "\"own_metrics_every_s\":15")
        .contains("\"address\":\"10.0.0.7\",\"user_agent\":\"Prometheus/3.1\"");
  }

  @Test
  void tellsOfAConnectorOnTimestream() {
    String body = OpenApiAnswers.check("connector", answer(UPSTREAM, Caller.operator()));

    assertThat(body)
        .contains("\"store\":\"timestream\"", "\"own_metrics_every_s\":null")
        .contains("\"upstream\":{\"calls\":9,\"throttled\":2,\"failed\":1,\"p50_ms\":50.0,")
        .contains("\"p95_ms\":null,\"billed_kib\":12}");
  }

  @Test
  void isNothingOfOneCustomers() {
    Response answer = answer(null, new Caller("ann", Map.of("acme", Role.ADMIN)));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer(null, new Caller("bob", Map.of("*", Role.VIEWER))).status()).isEqualTo(200);
  }

  private static Response answer(ConnectorFigures.@Nullable Upstream upstream, Caller caller) {
    ConnectorFigures figures =
        new ConnectorFigures(
            "1.0",
            true,
            "ready",
            Duration.ofSeconds(5),
            upstream == null,
            1_000,
            Arrays.asList(null, 100.0, 200.0, 300.0),
            List.of(new ConnectorFigures.Rejected("too_old", 5)),
            List.of(new ConnectorFigures.Requests("/write", "204", 7)),
            upstream,
            12,
            4_096,
            0,
            List.of(
                new ConnectorFigures.Writer("10.0.0.7", "Prometheus/3.1", 3, 99, Instant.EPOCH)),
            upstream == null ? Duration.ofSeconds(15) : null,
            List.of(new ConnectorFigures.Door("Metrics", "GET", "/metrics", "none")),
            "remote_write:\n");
    Request request =
        new Request(
            "GET", "/api/v1/connector", "", Headers.empty(), 0, InputStream.nullInputStream());
    return new Api(new ConnectorApi(() -> figures).operations()).handle(request, caller);
  }
}
