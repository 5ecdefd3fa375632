// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static dev.weir.store.timestream.call.AmazonOnLoopback.error;
import static dev.weir.store.timestream.call.AmazonOnLoopback.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.kit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A regional host that knows where the cells are, and two cells: real servers all. */
class EndpointsTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final byte[] BODY = {'{', '}'};
  private static final AwsCredentialsProvider USER =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

  private final ManualClock clock = new ManualClock(NOW);
  private final AmazonOnLoopback oldCell =
      new AmazonOnLoopback((_, exchange) -> json(exchange, 200, "{\"cell\":\"old\"}"));
  private final AmazonOnLoopback newCell =
      new AmazonOnLoopback((_, exchange) -> json(exchange, 200, "{\"cell\":\"new\"}"));
  private final AmazonOnLoopback region =
      new AmazonOnLoopback((_, exchange) -> json(exchange, 200, at(oldCell)));
  private final Connections connections =
      Connections.open(8, clock, new Random(1), UpstreamListener.NONE, Map.of());
  private final Destination destination =
      new Destination(Optional.of("eu-west-1"), Optional.empty(), Optional.empty(), "weir");
  private final Upstream upstream =
      connections.once(USER, destination, new Regions(destination), _ -> region.uri());

  @AfterEach
  void close() {
    connections.close();
    region.close();
    oldCell.close();
    newCell.close();
  }

  @Test
  void asksOnceForEachApiAndSignsTheQuestion() {
    for (int i = 0; i < 3; i++) {
      assertThat(call(Operation.WRITE_RECORDS)).isEqualTo("{\"cell\":\"old\"}");
      assertThat(call(Operation.QUERY)).isEqualTo("{\"cell\":\"old\"}");
      call(Operation.CANCEL_QUERY);
    }

    assertThat(region.asked())
        .extracting(AmazonOnLoopback.Asked::target)
        .containsExactly("DescribeEndpoints", "DescribeEndpoints");
    assertThat(region.asked().getFirst().text()).isEqualTo("{}");
    assertThat(region.asked().getFirst().header("Authorization"))
        .contains("AKIDEXAMPLE/20260310/eu-west-1/timestream");
  }

  @Test
  void callsThatComeTogetherAskOnce() throws InterruptedException {
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      callers.add(Thread.ofVirtual().start(() -> call(Operation.WRITE_RECORDS)));
    }
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(oldCell.asked()).hasSize(30);
    assertThat(region.asked()).hasSize(1);
  }

  @Test
  void anEndpointThatServesNoMoreIsReplacedWithinTheCall() {
    call(Operation.WRITE_RECORDS);
    region.answers((_, exchange) -> json(exchange, 200, at(newCell)));
    oldCell.answers((_, exchange) -> error(exchange, 421, "InvalidEndpointException", "moved"));

    assertThat(call(Operation.WRITE_RECORDS)).isEqualTo("{\"cell\":\"new\"}");
    assertThat(call(Operation.WRITE_RECORDS)).isEqualTo("{\"cell\":\"new\"}");
    assertThat(oldCell.asked()).hasSize(2);
    assertThat(region.asked()).hasSize(2);
  }

  @Test
  void anEndpointThatIsRefusedAgainIsToldAfterOneRepeat() {
    oldCell.answers((_, exchange) -> error(exchange, 421, "InvalidEndpointException", "moved"));

    assertThat(upstream.call(Operation.WRITE_RECORDS, BODY, clock.instant().plusSeconds(30)))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.errorType()).isEqualTo("InvalidEndpointException"));
    assertThat(oldCell.asked()).hasSize(2);
  }

  @Test
  void anEndpointThatWasSetByHandIsNeverReplaced() {
    Upstream fixed =
        connections.once(
            USER,
            new Destination(
                Optional.of("eu-west-1"),
                Optional.of(oldCell.uri()),
                Optional.of(oldCell.uri()),
                "weir"),
            new Regions(destination),
            _ -> region.uri());
    oldCell.answers((_, exchange) -> error(exchange, 421, "InvalidEndpointException", "cell"));

    fixed.call(Operation.WRITE_RECORDS, BODY, clock.instant().plusSeconds(30));

    assertThat(oldCell.asked()).hasSize(1);
    assertThat(region.asked()).isEmpty();
  }

  @Test
  void anOldAnswerIsRenewedBesideTheCalls() {
    call(Operation.QUERY);
    region.answers((_, exchange) -> json(exchange, 200, at(newCell)));
    clock.advance(Duration.ofMinutes(10));

    assertThat(call(Operation.QUERY)).isEqualTo("{\"cell\":\"old\"}");
    until(() -> call(Operation.QUERY).equals("{\"cell\":\"new\"}"));
    assertThat(region.asked()).hasSize(2);
  }

  @Test
  void whileNoNewAnswerComesTheOldOneIsGoodEnough() {
    call(Operation.QUERY);
    region.answers((_, exchange) -> error(exchange, 500, "InternalServerException", "no"));
    clock.advance(Duration.ofMinutes(10));

    assertThat(call(Operation.QUERY)).isEqualTo("{\"cell\":\"old\"}");
    until(() -> region.asked().size() == 2);
    assertThat(call(Operation.QUERY)).isEqualTo("{\"cell\":\"old\"}");
    assertThat(region.asked()).hasSize(2);

    clock.advance(Endpoints.RENEWAL_PAUSE);
    assertThat(call(Operation.QUERY)).isEqualTo("{\"cell\":\"old\"}");
    until(() -> region.asked().size() == 3);
  }

  @Test
  void aRefusedQuestionIsTheFailureOfTheCall() {
    region.answers((_, exchange) -> error(exchange, 400, "AccessDeniedException", "not you"));

    assertThatThrownBy(() -> call(Operation.QUERY))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
        .hasMessageContaining("not you");
    assertThat(oldCell.asked()).isEmpty();
  }

  private String call(Operation operation) {
    return new String(
        upstream.call(operation, BODY, clock.instant().plusSeconds(60)).body(), UTF_8);
  }

  private static String at(AmazonOnLoopback cell) {
    return "{\"Endpoints\":[{\"Address\":\"%s\",\"CachePeriodInMinutes\":10}]}"
        .formatted(cell.uri());
  }

  private static void until(BooleanSupplier met) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!met.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
