// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import dev.weir.store.TableName;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the function is told, by the variables of the AWS connector's function.
 *
 * @param table where samples go; never created
 * @param roleCredentials whether the function's role signs; else each request brings credentials
 * @param writeEndpoint in place of Amazon's own; null to discover it
 * @param queryEndpoint the same for queries
 */
record LambdaSettings(
    TableName table,
    String region,
    boolean roleCredentials,
    int writeAttemptsMax,
    int readAttemptsMax,
    boolean failOnLongLabel,
    boolean failOnInvalidSample,
    boolean debug,
    @Nullable String writeEndpoint,
    @Nullable String queryEndpoint) {

  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException with the variable, its value and what it takes
   */
  static LambdaSettings of(Map<String, String> environment) {
    return new LambdaSettings(
        new TableName(
            required(environment, "default_database"), required(environment, "default_table")),
        environment.getOrDefault("region", "us-east-1"),
        truth(environment, "enable_sigv4_auth", true),
        number(environment, "max_write_retries", 10),
        number(environment, "max_read_retries", 3),
        truth(environment, "fail_on_long_label", false),
        truth(environment, "fail_on_invalid_sample_value", false),
        environment.getOrDefault("log_level", "info").toLowerCase(Locale.ROOT).equals("debug"),
        orNull(environment, "write_base_endpoint"),
        orNull(environment, "query_base_endpoint"));
  }

  private static String required(Map<String, String> environment, String name) {
    String value = orNull(environment, name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the environment variable " + name + " is missing; the function needs it");
    }
    return value;
  }

  private static @Nullable String orNull(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** The spellings of Go's strconv.ParseBool, as the AWS connector takes them. */
  private static boolean truth(Map<String, String> environment, String name, boolean otherwise) {
    String text = orNull(environment, name);
    if (text == null) {
      return otherwise;
    }
    return switch (text) {
      case "1", "t", "T", "TRUE", "true", "True" -> true;
      case "0", "f", "F", "FALSE", "false", "False" -> false;
      default ->
          throw new IllegalArgumentException(
              "the environment variable " + name + " is \"" + text + "\", not true or false");
    };
  }

  private static int number(Map<String, String> environment, String name, int otherwise) {
    String text = orNull(environment, name);
    try {
      int number = text == null ? otherwise : Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "the environment variable " + name + " is \"" + text + "\", not a number of 1 or more");
  }
}
