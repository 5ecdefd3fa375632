// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static dev.weir.app.settings.FlagType.OPTIONAL_URL;
import static dev.weir.app.settings.FlagType.choice;
import static dev.weir.app.settings.FlagType.whole;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Optional;

/** How Amazon Timestream is reached; for each verb that speaks to it. */
public final class TimestreamFlags {

  /** Far more than there is time for: the deadline of a request ends its attempts earlier. */
  private static final int ATTEMPTS_MAX = 1_000;

  public static final Flag<String> REGION =
      Flag.of("region", FlagType.REGION, "us-east-1", "AWS region of the database.");

  public static final Flag<Integer> READ_ATTEMPTS =
      Flag.of(
          "max-read-retries",
          whole(1, ATTEMPTS_MAX),
          "3",
          "How often a query is sent at most, the first time included.");

  public static final Flag<Integer> WRITE_ATTEMPTS =
      Flag.of(
          "max-write-retries",
          whole(1, ATTEMPTS_MAX),
          "10",
          "How often a call that writes is sent at most, the first time included.");

  public static final Flag<Optional<URI>> QUERY_ENDPOINT =
      Flag.of(
          "query-base-endpoint",
          OPTIONAL_URL,
          "",
          "Where queries go, such as a cell's address in a VPC. Without it Amazon is asked.");

  public static final Flag<Optional<URI>> WRITE_ENDPOINT =
      Flag.of(
          "write-base-endpoint",
          OPTIONAL_URL,
          "",
          "Where samples go, such as a cell's address in a VPC. Without it Amazon is asked.");

  /** Whose credentials calls to Timestream are signed with. */
  public enum CredentialsSource {
    REQUEST,
    ENVIRONMENT
  }

  private TimestreamFlags() {}

  /** The same flag with the verb's own default. */
  static Flag<CredentialsSource> credentials(String defaultText) {
    LinkedHashMap<String, CredentialsSource> sources = new LinkedHashMap<>();
    sources.put("request", CredentialsSource.REQUEST);
    sources.put("environment", CredentialsSource.ENVIRONMENT);
    return Flag.of(
        "credentials",
        choice(sources),
        defaultText,
        "Whose credentials are used: each request's, as user and password, or those that the AWS"
            + " SDK finds (environment, profile, role); then the port needs users of its own.");
  }
}
