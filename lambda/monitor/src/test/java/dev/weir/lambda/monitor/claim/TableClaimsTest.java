// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.lambda.monitor.claim.Claims.Answer;
import dev.weir.store.StoreException;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.dynamodb.LocalDynamoDb;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class TableClaimsTest {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static LocalDynamoDb local;
  private static DynamoDbClient client;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final TableClaims claims = new TableClaims(client, "documents", clock);

  @BeforeAll
  static void start() throws Exception {
    local = LocalDynamoDb.start();
    local.makeDocumentsTable("documents");
    client = client(local.url());
  }

  @AfterAll
  static void stop() throws Exception {
    if (local != null) {
      client.close();
      local.close();
    }
  }

  @Test
  void ofTwoWhoAskOneIsGrantedUntilItIsDone() {
    assertThat(claims.take("once", "a", LEASE)).isEqualTo(new Answer.Granted(Set.of()));
    assertThat(claims.take("once", "b", LEASE)).isEqualTo(new Answer.UnderWay());

    claims.finish("once");

    assertThat(claims.take("once", "b", LEASE)).isEqualTo(new Answer.Done());
    clock.advance(Duration.ofDays(1));
    assertThat(claims.take("once", "a", LEASE)).isEqualTo(new Answer.Done());
  }

  @Test
  void aHolderWhoDiedHasItUntilItsLeaseAndAWhileForClocksIsOver() {
    claims.take("dead", "a", LEASE);

    clock.advance(LEASE.plus(TableClaims.SKEW_MAX));
    assertThat(claims.take("dead", "b", LEASE)).isEqualTo(new Answer.UnderWay());
    clock.advance(Duration.ofMillis(1));
    assertThat(claims.take("dead", "b", LEASE)).isEqualTo(new Answer.Granted(Set.of()));
  }

  @Test
  void whatIsGivenBackIsGrantedAtOnceWithWhatWasDone() {
    claims.take("half", "a", LEASE);
    claims.giveBack("half", "a", Set.of("0", "2"));

    assertThat(claims.take("half", "b", LEASE)).isEqualTo(new Answer.Granted(Set.of("0", "2")));
    claims.giveBack("half", "b", Set.of("1"));
    assertThat(claims.take("half", "c", LEASE))
        .isEqualTo(new Answer.Granted(Set.of("0", "1", "2")));
    claims.giveBack("half", "c", Set.of());
    assertThat(claims.take("half", "d", LEASE))
        .isEqualTo(new Answer.Granted(Set.of("0", "1", "2")));
  }

  @Test
  void whatIsAnothersByNowCannotBeGivenBack() {
    claims.take("late", "a", LEASE);
    clock.advance(Duration.ofMinutes(1));
    claims.take("late", "b", LEASE);

    claims.giveBack("late", "a", Set.of("0"));

    assertThat(claims.take("late", "c", LEASE)).isEqualTo(new Answer.UnderWay());
  }

  @Test
  void whoIsGrantedAndDidNotHearItIsGrantedAgain() {
    claims.take("unheard", "a", LEASE);

    assertThat(claims.take("unheard", "a", LEASE)).isEqualTo(new Answer.Granted(Set.of()));
  }

  @Test
  void ofManyAtOnceOneIsGranted() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> asks =
          IntStream.range(0, 16)
              .<Callable<Answer>>mapToObj(i -> () -> claims.take("race", "holder-" + i, LEASE))
              .toList();
      List<Answer> answers = threads.invokeAll(asks).stream().map(Future::resultNow).toList();
      assertThat(answers).filteredOn(Answer.Granted.class::isInstance).hasSize(1);
      assertThat(answers).filteredOn(Answer.UnderWay.class::isInstance).hasSize(15);
    }
  }

  @Test
  void itemsGoByThemselvesAfterMoreThanAQueueKeepsAMessage() throws Exception {
    claims.take("kept", "a", LEASE);
    claims.finish("kept");

    assertThat(
            local.call(
                "GetItem",
                """
                {"TableName":"documents","Key":{"collection":{"S":"claims"},"id":{"S":"kept"}}}\
                """))
        .contains(
            "\"expires\":{\"N\":\"" + (clock.instant().getEpochSecond() + 2 * 86_400) + "\"}");
  }

  @Test
  void aTableThatCannotBeReachedIsUnavailable() {
    try (DynamoDbClient nobody = client(URI.create("http://127.0.0.1:1"))) {
      TableClaims away = new TableClaims(nobody, "documents", clock);
      assertThatThrownBy(() -> away.take("x", "a", LEASE))
          .isInstanceOf(StoreException.class)
          .extracting(e -> ((StoreException) e).kind())
          .isEqualTo(StoreException.Kind.UNAVAILABLE);
      assertThatThrownBy(() -> away.finish("x")).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> away.giveBack("x", "a", Set.of()))
          .isInstanceOf(StoreException.class);
    }
  }

  private static DynamoDbClient client(URI url) {
    return DynamoDbClient.builder()
        .region(Region.EU_WEST_1)
        .endpointOverride(url)
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(of -> of.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }
}
