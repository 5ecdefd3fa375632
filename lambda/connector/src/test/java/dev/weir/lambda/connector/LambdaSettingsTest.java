// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.weir.environment.Variables;
import dev.weir.prometheus.write.NonFiniteSamples;
import dev.weir.store.TableName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaSettingsTest {

  private final Map<String, String> environment =
      new HashMap<>(Map.of("default_database", "metrics", "default_table", "prometheus"));

  @Test
  void hasTheDefaultsOfTheAwsConnector() {
    assertThat(settings())
        .isEqualTo(
            new LambdaSettings(
                new TableName("metrics", "prometheus"),
                "us-east-1",
                true,
                10,
                3,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                NonFiniteSamples.STORE,
                503));
    assertThat(FunctionLog.of(NOBODY, new Variables(environment)))
        .isEqualTo(new FunctionLog(NOBODY, true, LogLevel.INFO));
  }

  @Test
  void readsEveryVariable() {
    environment.putAll(
        Map.ofEntries(
            Map.entry("region", "eu-west-1"),
            Map.entry("enable_sigv4_auth", "F"),
            Map.entry("max_write_retries", "8"),
            Map.entry("max_read_retries", "7"),
            Map.entry("write_base_endpoint", "https://w.example"),
            Map.entry("query_base_endpoint", "https://q.example"),
            Map.entry("fail_on_long_label", "true"),
            Map.entry("fail_on_invalid_sample_value", "1"),
            Map.entry("non_finite_samples", "drop"),
            Map.entry("throttle_status", "429"),
            Map.entry("enable_logging", "0"),
            Map.entry("log_level", "error")));
    assertThat(settings())
        .isEqualTo(
            new LambdaSettings(
                new TableName("metrics", "prometheus"),
                "eu-west-1",
                false,
                8,
                7,
                Optional.of(URI.create("https://w.example")),
                Optional.of(URI.create("https://q.example")),
                true,
                true,
                NonFiniteSamples.DROP,
                429));
    assertThat(FunctionLog.of(NOBODY, new Variables(environment)))
        .isEqualTo(new FunctionLog(NOBODY, false, LogLevel.ERROR));
  }

  @Test
  void anEmptyVariableIsUnset() {
    environment.putAll(Map.of("region", "", "enable_sigv4_auth", "", "max_read_retries", ""));
    assertThat(settings().region()).isEqualTo("us-east-1");
    assertThat(settings().roleCredentials()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          default_database |  | the environment variable default_database is missing; it is needed
          default_table | | the environment variable default_table is missing; it is needed
          enable_sigv4_auth | yes | the environment variable enable_sigv4_auth is "yes", not true or false
          max_write_retries | 0 | the environment variable max_write_retries is "0", not a whole number from 1 to 1000
          max_read_retries | many | the environment variable max_read_retries is "many", not a whole number from 1 to 1000
          throttle_status | 500 | the environment variable throttle_status is "500", not one of 503, 429
          region | US West | the environment variable region is "US West", not an AWS region such as us-east-1
          write_base_endpoint | ingest-cell1 | the environment variable write_base_endpoint is no URL such as https://ingest.example
          write_base_endpoint | ftp://x | the environment variable write_base_endpoint is no URL such as https://ingest.example
          AWS_ENABLE_ENDPOINT_DISCOVERY | false | AWS_ENABLE_ENDPOINT_DISCOVERY=false needs both write_base_endpoint and query_base_endpoint
          """)
  void namesTheVariableThatIsWrong(String name, String value, String message) {
    environment.put(name, value == null ? "" : value);
    assertThatThrownBy(this::settings).hasMessage(message);
  }

  @Test
  void writesNoLineBelowTheLevel() {
    List<String> lines = new ArrayList<>();
    LambdaLogger logger = logger(lines);
    FunctionLog log = new FunctionLog(logger, true, LogLevel.ERROR);
    log.line(LogLevel.WARN, "dropped");
    log.line(LogLevel.ERROR, "failed");
    new FunctionLog(logger, false, LogLevel.INFO).line(LogLevel.ERROR, "silent");
    assertThat(lines).containsExactly("failed");
  }

  private static final LambdaLogger NOBODY = logger(new ArrayList<>());

  private static LambdaLogger logger(List<String> lines) {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        lines.add(message);
      }

      @Override
      public void log(byte[] message) {
        lines.add(new String(message, StandardCharsets.UTF_8));
      }
    };
  }

  private LambdaSettings settings() {
    return LambdaSettings.of(new Variables(environment));
  }
}
