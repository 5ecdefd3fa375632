// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;
import software.amazon.awssdk.services.timestreamwrite.auth.scheme.TimestreamWriteAuthSchemeProvider;
import software.amazon.awssdk.services.timestreamwrite.model.Database;
import software.amazon.awssdk.services.timestreamwrite.model.Dimension;
import software.amazon.awssdk.services.timestreamwrite.model.Record;

/** Who may what, with a credentials file: the signatures are the real SDK's. */
class SigningIT {

  private static final AwsCredentials OWNER =
      AwsBasicCredentials.create("AKIDOWNER", "owner/key+1");
  private static final AwsCredentials PLANT = AwsBasicCredentials.create("AKIDPLANT", "plant-key");
  private static final AwsCredentials READER = AwsBasicCredentials.create("AKIDREADER", "read-key");
  private static final AwsCredentials GUEST =
      AwsSessionCredentials.create("AKIDGUEST", "guest-key", "a+token/with=signs");

  private static final String CREDENTIALS =
      """
      [owner]
      aws_access_key_id = AKIDOWNER
      aws_secret_access_key = owner/key+1
      access = write

      [plant]
      aws_access_key_id = AKIDPLANT
      aws_secret_access_key = plant-key
      databases = plant*
      access = write

      [reader]
      aws_access_key_id = AKIDREADER
      aws_secret_access_key = read-key
      access = read

      [guest]
      aws_access_key_id = AKIDGUEST
      aws_secret_access_key = guest-key
      aws_session_token = a+token/with=signs
      access = read
      """;

  @TempDir static Path folder;
  private static WeirProcess weir;

  @BeforeAll
  static void start() throws IOException {
    Path file = Files.writeString(folder.resolve("credentials"), CREDENTIALS);
    weir = WeirProcess.start(folder, "--doors=timestream", "--timestream.credentials-file=" + file);
    try (TimestreamWriteClient owner = write(OWNER)) {
      for (String database : new String[] {"plant1", "office"}) {
        owner.createDatabase(d -> d.databaseName(database));
        owner.createTable(t -> t.databaseName(database).tableName("sensors"));
        writeOne(owner, database);
      }
    }
  }

  @AfterAll
  static void stop() {
    weir.close();
  }

  @Test
  void takesTheRightKey() {
    try (TimestreamWriteClient owner = write(OWNER);
        TimestreamQueryClient query = query(OWNER)) {
      assertThat(owner.listDatabases(l -> {}).databases())
          .extracting(Database::databaseName)
          .contains("plant1", "office");
      assertThat(count(query, "office")).isEqualTo("1");
    }
  }

  @Test
  void refusesAWrongSecret() {
    try (TimestreamWriteClient wrong = write(AwsBasicCredentials.create("AKIDOWNER", "guess"))) {
      refuses(() -> wrong.listDatabases(l -> {}), 403, "InvalidSignatureException");
    }
  }

  @Test
  void refusesAnUnknownKey() {
    try (TimestreamWriteClient unknown = write(AwsBasicCredentials.create("AKIDNOBODY", "x"))) {
      refuses(() -> unknown.listDatabases(l -> {}), 403, "UnrecognizedClientException");
    }
  }

  @Test
  void refusesWhoDoesNotSign() {
    try (TimestreamWriteClient unsigned = write(AnonymousCredentialsProvider.create())) {
      refuses(() -> unsigned.listDatabases(l -> {}), 403, "MissingAuthenticationTokenException");
    }
  }

  @Test
  void takesASessionOnlyWithItsToken() {
    try (TimestreamQueryClient guest = query(GUEST);
        TimestreamQueryClient tokenless =
            query(AwsBasicCredentials.create("AKIDGUEST", "guest-key"));
        TimestreamQueryClient wrongToken =
            query(AwsSessionCredentials.create("AKIDGUEST", "guest-key", "another"))) {
      assertThat(count(guest, "plant1")).isEqualTo("1");
      refuses(() -> count(tokenless, "plant1"), 403, "UnrecognizedClientException");
      refuses(() -> count(wrongToken, "plant1"), 403, "UnrecognizedClientException");
    }
  }

  @Test
  void refusesAClockThatIsWrongByMoreThanFiveMinutes() {
    for (Duration skew : new Duration[] {Duration.ofMinutes(6), Duration.ofMinutes(-6)}) {
      try (TimestreamWriteClient skewed = skewed(skew)) {
        refuses(() -> skewed.listDatabases(l -> {}), 403, "InvalidSignatureException");
      }
    }
    for (Duration skew : new Duration[] {Duration.ofMinutes(4), Duration.ofMinutes(-4)}) {
      try (TimestreamWriteClient close = skewed(skew)) {
        assertThat(close.listDatabases(l -> {}).databases()).isNotEmpty();
      }
    }
  }

  @Test
  void keepsACallerInItsDatabases() {
    try (TimestreamWriteClient plant = write(PLANT);
        TimestreamQueryClient query = query(PLANT)) {
      assertThat(plant.listDatabases(l -> {}).databases())
          .extracting(Database::databaseName)
          .contains("plant1")
          .doesNotContain("office");
      assertThat(count(query, "plant1")).isEqualTo("1");
      refuses(
          () -> plant.describeDatabase(d -> d.databaseName("office")),
          403,
          "AccessDeniedException");
      refuses(() -> writeOne(plant, "office"), 403, "AccessDeniedException");
      refuses(
          () -> plant.createDatabase(d -> d.databaseName("elsewhere")),
          403,
          "AccessDeniedException");
      refuses(() -> count(query, "office"), 403, "AccessDeniedException");
      refuses(() -> count(query, "nowhere"), 403, "AccessDeniedException");
    }
  }

  @Test
  void keepsAReaderFromWriting() {
    try (TimestreamWriteClient reader = write(READER);
        TimestreamQueryClient query = query(READER)) {
      assertThat(count(query, "office")).isEqualTo("1");
      assertThat(reader.describeTable(t -> t.databaseName("office").tableName("sensors")).table())
          .isNotNull();
      refuses(() -> writeOne(reader, "office"), 403, "AccessDeniedException");
      refuses(
          () -> reader.deleteTable(t -> t.databaseName("office").tableName("sensors")),
          403,
          "AccessDeniedException");
    }
  }

  @Test
  void writesNoSecretToItsLog() {
    try (TimestreamWriteClient wrong = write(AwsBasicCredentials.create("AKIDOWNER", "guess"))) {
      assertThatThrownBy(() -> wrong.listDatabases(l -> {}))
          .isInstanceOf(AwsServiceException.class);
    }
    assertThat(weir.process().output()).doesNotContain("owner/key+1", "a+token/with=signs");
  }

  private static void refuses(ThrowingCallable call, int status, String type) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(type);
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorMessage()).isNotBlank();
            });
  }

  private static void writeOne(TimestreamWriteClient client, String database) {
    Record record =
        Record.builder()
            .dimensions(Dimension.builder().name("site").value("a").build())
            .measureName("heat")
            .measureValue("21.5")
            .time(Long.toString(System.currentTimeMillis()))
            .build();
    client.writeRecords(w -> w.databaseName(database).tableName("sensors").records(record));
  }

  private static String count(TimestreamQueryClient client, String database) {
    return client
        .query(q -> q.queryString("SELECT count(*) FROM \"%s\".\"sensors\"".formatted(database)))
        .rows()
        .getFirst()
        .data()
        .getFirst()
        .scalarValue();
  }

  private static TimestreamWriteClient write(AwsCredentials credentials) {
    return write(StaticCredentialsProvider.create(credentials));
  }

  private static TimestreamWriteClient write(AwsCredentialsProvider credentials) {
    return TimestreamWriteClient.builder()
        .endpointOverride(endpoint())
        .endpointDiscoveryEnabled(false)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .build();
  }

  /** Signs by a clock that is wrong, however often the SDK mends its own. */
  private static TimestreamWriteClient skewed(Duration skew) {
    Clock clock = Clock.offset(Clock.systemUTC(), skew);
    TimestreamWriteAuthSchemeProvider schemes = TimestreamWriteAuthSchemeProvider.defaultProvider();
    return TimestreamWriteClient.builder()
        .endpointOverride(endpoint())
        .endpointDiscoveryEnabled(false)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(OWNER))
        .authSchemeProvider(
            (TimestreamWriteAuthSchemeProvider)
                parameters ->
                    schemes.resolveAuthScheme(parameters).stream()
                        .map(option ->
                            option.toBuilder()
                                .putSignerProperty(HttpSigner.SIGNING_CLOCK, clock)
                                .build())
                        .toList())
        .build();
  }

  private static TimestreamQueryClient query(AwsCredentials credentials) {
    return TimestreamQueryClient.builder()
        .endpointOverride(endpoint())
        .endpointDiscoveryEnabled(false)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  private static URI endpoint() {
    return URI.create("http://" + weir.web().address());
  }
}
