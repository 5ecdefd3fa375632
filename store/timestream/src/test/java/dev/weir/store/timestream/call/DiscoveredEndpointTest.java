// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveredEndpointTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final URI HOST = URI.create("https://ingest.timestream.eu-west-1.amazonaws.com");

  @ParameterizedTest
  @CsvSource({
    "ingest-cell1.timestream.eu-west-1.amazonaws.com,"
        + " https://ingest-cell1.timestream.eu-west-1.amazonaws.com",
    "http://127.0.0.1:9201, http://127.0.0.1:9201",
    "weir.example:9201, https://weir.example:9201"
  })
  void takesAddressesWithAndWithoutScheme(String address, URI uri) {
    DiscoveredEndpoint endpoint =
        of(
            "{\"x\":{\"Endpoints\":[1]},\"Endpoints\":[{\"More\":[1,2],\"Address\":\"%s\","
                    .formatted(address)
                + "\"CachePeriodInMinutes\":60},{\"Address\":\"second\"}]}");

    assertThat(endpoint.address()).isEqualTo(uri);
    assertThat(endpoint.renewAt()).isEqualTo(NOW.plusSeconds(3600));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-5, 1", "1440, 1440", "999999999, 10080"})
  void boundsThePeriod(long said, long taken) {
    assertThat(
            of("{\"Endpoints\":[{\"Address\":\"a\",\"CachePeriodInMinutes\":%d}]}".formatted(said))
                .renewAt())
        .isEqualTo(NOW.plusSeconds(60 * taken));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"Endpoints\":[]}",
        "{\"Endpoints\":[{}]}",
        "{\"Endpoints\":[{\"Address\":\"not an address\"}]}",
        "{\"Endpoints\":[{\"Address\":\"\"}]}",
        "{\"Endpoints\":"
      })
  void refusesAnAnswerThatNamesNoEndpoint(String body) {
    assertThatThrownBy(() -> of(body))
        .hasMessageContaining("DescribeEndpoints")
        .hasMessageContaining("ingest.timestream.eu-west-1");
  }

  private static DiscoveredEndpoint of(String body) {
    return DiscoveredEndpoint.of(HOST, body.getBytes(UTF_8), NOW);
  }
}
