// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.TableName;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaSettingsTest {

  private final Map<String, String> environment =
      new HashMap<>(Map.of("default_database", "metrics", "default_table", "prometheus"));

  @Test
  void hasTheDefaultsOfTheAwsConnector() {
    assertThat(LambdaSettings.of(environment))
        .isEqualTo(
            new LambdaSettings(
                new TableName("metrics", "prometheus"),
                "us-east-1",
                true,
                10,
                3,
                false,
                false,
                false,
                null,
                null));
  }

  @ParameterizedTest
  @CsvSource({
    "default_database, '', the environment variable default_database is missing; the function"
        + " needs it",
    "default_table, '', the environment variable default_table is missing; the function needs it",
    "enable_sigv4_auth, yes, 'the environment variable enable_sigv4_auth is \"yes\", not true or"
        + " false'",
    "max_write_retries, 0, 'the environment variable max_write_retries is \"0\", not a number of 1"
        + " or more'",
    "max_read_retries, many, 'the environment variable max_read_retries is \"many\", not a number"
        + " of 1 or more'"
  })
  void namesTheVariableThatIsWrong(String name, String value, String message) {
    environment.put(name, value);
    assertThatThrownBy(() -> LambdaSettings.of(environment)).hasMessage(message);
  }
}
