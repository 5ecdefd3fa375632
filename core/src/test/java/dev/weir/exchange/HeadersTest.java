// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {

  @Test
  void findsNamesWithoutRegardToCase() {
    Headers headers = Headers.of("Content-Type", "text/plain", "X-Many", "1", "x-many", "2");
    assertThat(headers.first("content-TYPE")).contains("text/plain");
    assertThat(headers.all("X-MANY")).containsExactly("1", "2");
    assertThat(headers.first("missing")).isEmpty();
  }

  @Test
  void setsOneFieldInACopy() {
    Headers headers = Headers.of(Map.of("Retry-After", List.of("1")));
    assertThat(headers.with("retry-after", "5").all("Retry-After")).containsExactly("5");
    assertThat(headers.first("Retry-After")).contains("1");
  }

  @Test
  void doesNotShowValuesInLogs() {
    assertThat(Headers.of("Authorization", "secret")).hasToString("Headers[Authorization]");
  }
}
