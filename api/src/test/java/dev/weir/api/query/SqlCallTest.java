// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.api.call.Caller;
import dev.weir.store.StoreException;
import dev.weir.store.kit.FixedCatalogReader;
import dev.weir.store.kit.ScriptedQueryRunner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlCallTest {

  @Test
  void hasStandardsForWhatIsNotSaid() {
    assertThat(read("{\"sql\":\"SELECT 1\"}"))
        .isEqualTo(new SqlCall("SELECT 1", null, 1_000, null, Duration.ofSeconds(60)));
    assertThat(
            read("{\"next\":null,\"limit\":10000,\"id\":\"aB9\",\"timeout_s\":300,\"sql\":\"x\"}"))
        .isEqualTo(new SqlCall("x", "aB9", 10_000, null, Duration.ofMinutes(5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | the body is not JSON: line 1, column ",
        "[] | the body is an object",
        "{\"sql\":\"x\"} {} | something follows the object",
        "{\"sql\":\"x\",\"more\":1} | there is no field 'more'; known are sql, id, limit, next,"
            + " timeout_s",
        "{\"sql\":1} | sql is a text",
        "{\"sql\":\"  \"} | sql is missing",
        "{\"id\":\"a\"} | sql is missing",
        "{\"sql\":\"x\",\"id\":\"a-b\"} | id has 1 to 64 letters and digits",
        "{\"sql\":\"x\",\"id\":\"\"} | id has 1 to 64 letters and digits",
        "{\"sql\":\"x\",\"limit\":0} | limit is a whole number from 1 to 10000",
        "{\"sql\":\"x\",\"limit\":10001} | limit is a whole number from 1 to 10000",
        "{\"sql\":\"x\",\"limit\":99999999999999} | limit is a whole number from 1 to 10000",
        "{\"sql\":\"x\",\"limit\":\"5\"} | limit is a whole number from 1 to 10000",
        "{\"sql\":\"x\",\"timeout_s\":301} | timeout_s is a whole number from 1 to 300",
        "{\"sql\":{\"a\":{\"b\":1}}} | sql is a text",
      })
  void saysWhatIsWrong(String body, String message) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(message);
  }

  @Test
  void takesStatementsUpToALength() {
    AskedApi api = new AskedApi(new ScriptedQueryRunner(), FixedCatalogReader.of());
    Caller caller = Caller.operator();
    String fits = "x".repeat(SqlCall.TEXT_BYTES_MAX);
    assertThat(api.post(caller, "{\"sql\":\"" + fits + "\"}").status()).isEqualTo(400);
    assertThat(api.post(caller, "{\"sql\":\"" + fits + "x\"}").status()).isEqualTo(413);
    String escaped = "\\u0001".repeat(SqlCall.TEXT_BYTES_MAX);
    assertThat(api.post(caller, "{\"sql\":\"" + escaped + "\"}").status()).isEqualTo(400);
    assertThat(api.post(caller, " ".repeat(SqlCall.BODY_BYTES_MAX + 1)).status()).isEqualTo(413);
  }

  private static SqlCall read(String body) {
    return SqlCall.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
