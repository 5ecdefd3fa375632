// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import dev.weir.store.timestream.cause.Cause;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Looks for credentials where the SDK's default chain does and in its order, but remembers where
 * they were, and where they were meant to be and were not (AWS SDK for Java 2, developer guide,
 * "Default credentials provider chain").
 */
final class CredentialSearch {

  static final String NAME = "credentials";

  private static final Duration SOON = Duration.ofMinutes(5);

  /** The access key of temporary credentials begins so (IAM user guide, "Unique identifiers"). */
  private static final String TEMPORARY = "ASIA";

  private record Source(
      String name, BooleanSupplier isMeant, Supplier<AwsCredentialsProvider> provider) {}

  private final InstantSource clock;
  private volatile @Nullable AwsCredentials found;

  CredentialSearch(InstantSource clock) {
    this.clock = clock;
  }

  /** What was found; empty before, and where there is nothing. */
  Optional<AwsCredentials> found() {
    return Optional.ofNullable(found);
  }

  /** Looks. */
  Finding look() {
    List<String> missed = new ArrayList<>();
    for (Source source : sources()) {
      AwsCredentialsProvider provider = source.provider().get();
      try {
        AwsCredentials credentials = provider.resolveCredentials();
        found = credentials;
        return judge(source.name(), credentials, missed);
      } catch (RuntimeException e) {
        if (source.isMeant().getAsBoolean()) {
          missed.add("%s: %s".formatted(source.name(), said(e)));
        }
      } finally {
        if (provider instanceof SdkAutoCloseable closeable) {
          closeable.close();
        }
      }
    }
    return Finding.of(
        NAME,
        State.FAIL,
        new Cause(
            missed.isEmpty()
                ? "the AWS SDK finds none: not in properties, environment, web identity, profile,"
                    + " container role or instance role"
                : "the AWS SDK finds none; " + String.join("; ", missed),
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or give this machine a"
                + " role"));
  }

  private Finding judge(String source, AwsCredentials credentials, List<String> missed) {
    boolean session = credentials instanceof AwsSessionCredentials;
    Optional<Instant> end = credentials.expirationTime();
    String text =
        "%s from %s%s"
            .formatted(
                shortened(credentials.accessKeyId()),
                source,
                end.map(at -> ", until " + at).orElse(session ? ", with a session token" : ""));
    Instant now = clock.instant();
    if (end.isPresent() && !now.isBefore(end.get())) {
      return Finding.of(
          NAME,
          State.FAIL,
          new Cause(text + ", which has passed", "renew them, or set this machine's clock"));
    }
    if (!session && credentials.accessKeyId().startsWith(TEMPORARY)) {
      return Finding.of(
          NAME,
          State.FAIL,
          new Cause(
              text + ": an access key that begins with ASIA is temporary, its token is missing",
              "give the session token too, in AWS_SESSION_TOKEN or the profile"));
    }
    if (end.isPresent() && end.get().isBefore(now.plus(SOON))) {
      return Finding.of(NAME, State.WARN, new Cause(text, "see that something renews them"));
    }
    return missed.isEmpty()
        ? Finding.of(NAME, State.OK, text)
        : Finding.of(
            NAME,
            State.WARN,
            new Cause(
                "%s, but not where they are looked for before; %s"
                    .formatted(text, String.join("; ", missed)),
                "mend or take away what comes before"));
  }

  /** Enough to tell one from another. */
  private static String shortened(String accessKeyId) {
    return accessKeyId.length() > 12
        ? accessKeyId.substring(0, 4) + "…" + accessKeyId.substring(accessKeyId.length() - 4)
        : accessKeyId.substring(0, Math.min(4, accessKeyId.length())) + "…";
  }

  private static String said(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).replaceAll("[\\s\\p{Cntrl}]+", " ");
    return message.length() > 200 ? message.substring(0, 200) + "…" : message;
  }

  private static List<Source> sources() {
    String profile = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
    return List.of(
        new Source(
            "Java's system properties",
            () -> System.getProperty("aws.accessKeyId") != null,
            SystemPropertyCredentialsProvider::create),
        new Source(
            "environment variables",
            () -> SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isPresent(),
            EnvironmentVariableCredentialsProvider::create),
        new Source(
            "web identity",
            () -> SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent(),
            WebIdentityTokenFileCredentialsProvider::create),
        new Source(
            "profile " + profile,
            () -> !profile.equals("default"),
            ProfileCredentialsProvider::create),
        new Source(
            "container role",
            () ->
                SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI.getStringValue().isPresent()
                    || SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI
                        .getStringValue()
                        .isPresent(),
            () -> ContainerCredentialsProvider.builder().build()),
        new Source("instance role", () -> false, InstanceProfileCredentialsProvider::create));
  }
}
