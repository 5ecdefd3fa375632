// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static dev.weir.store.timestream.call.AmazonOnLoopback.error;
import static dev.weir.store.timestream.call.AmazonOnLoopback.json;
import static dev.weir.store.timestream.call.AmazonOnLoopback.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class SignedUpstreamTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final byte[] BODY = "{\"Records\":[]}".getBytes(UTF_8);
  private static final AwsCredentialsProvider USER =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

  private final List<Duration> clockOff = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AmazonOnLoopback amazon =
      new AmazonOnLoopback((_, exchange) -> json(exchange, 200, "{}"));
  private final Connections connections =
      Connections.open(
          4,
          InstantSource.fixed(NOW),
          new Random(1),
          new UpstreamListener() {
            @Override
            public void clockOff(Duration by) {
              clockOff.add(by);
            }
          },
          Map.of());

  @AfterEach
  void close() {
    over.countDown();
    connections.close();
    amazon.close();
  }

  @Test
  void sendsTheBodySignedToTheOperation() {
    amazon.answers((_, exchange) -> json(exchange, 200, "{\"RecordsIngested\":{}}"));

    Answer answer = upstream(USER).call(Operation.WRITE_RECORDS, BODY, NOW.plusSeconds(30));

    assertThat(answer.body()).asString().isEqualTo("{\"RecordsIngested\":{}}");
    AmazonOnLoopback.Asked asked = amazon.asked().getFirst();
    assertThat(asked.text()).isEqualTo("{\"Records\":[]}");
    assertThat(asked.header("X-amz-target")).isEqualTo("Timestream_20181101.WriteRecords");
    assertThat(asked.header("Content-type")).isEqualTo("application/x-amz-json-1.0");
    assertThat(asked.header("User-agent")).isEqualTo("weir/test");
    assertThat(asked.header("X-amz-date")).isEqualTo("20260310T120000Z");
    assertThat(asked.header("Authorization"))
        .startsWith(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260310/eu-west-1/timestream/aws4_request");
    assertThat(asked.headers()).doesNotContainKeys("X-amz-security-token", "Expect");
  }

  @Test
  void temporaryCredentialsBringTheirToken() {
    upstream(
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create("ASIDEXAMPLE", "secret", "the-token")))
        .call(Operation.QUERY, BODY, NOW.plusSeconds(30));

    assertThat(amazon.asked().getFirst().header("X-amz-security-token")).isEqualTo("the-token");
  }

  @Test
  void asksForCredentialsAtEachCall() {
    List<String> keys = new ArrayList<>(List.of("AKIDFIRST", "AKIDSECOND"));
    Upstream upstream = upstream(() -> AwsBasicCredentials.create(keys.removeFirst(), "secret"));

    upstream.call(Operation.QUERY, BODY, NOW.plusSeconds(30));
    upstream.call(Operation.QUERY, BODY, NOW.plusSeconds(30));

    assertThat(amazon.asked())
        .extracting(asked -> asked.header("Authorization").substring(28, 38))
        .containsExactly("AKIDFIRST/", "AKIDSECOND");
  }

  @Test
  void credentialsThatAreNowhereAreDeniedWithoutTheSdksOwnText() {
    Upstream upstream =
        upstream(() -> {
          throw SdkClientException.create("provider@1234: secret things");
        });

    assertThatThrownBy(() -> upstream.call(Operation.QUERY, BODY, NOW.plusSeconds(30)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
        .hasMessageContaining("no credentials")
        .hasMessageNotContaining("secret things");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 419, 429, 500})
  void tellsRefusalsByTheirTypeWhateverTheStatus(int status) {
    amazon.answers(
        (_, exchange) -> error(exchange, status, "com.amazonaws.x#ThrottlingException", "slow"));

    Answer answer = upstream(USER).call(Operation.QUERY, BODY, NOW.plusSeconds(30));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> {
              assertThat(refused.errorType()).isEqualTo("ThrottlingException");
              assertThat(refused.message()).isEqualTo("slow");
            });
  }

  @Test
  void theHeaderNamesTheTypeBeforeTheBody() {
    amazon.answers((_, exchange) -> {
      exchange
          .getResponseHeaders()
          .set("x-amzn-ErrorType", "ValidationException:http://internal.amazon.com/x/");
      json(exchange, 400, "{\"message\":\"no\",\"other\":{\"message\":\"deep\"}}");
    });

    assertThat(upstream(USER).call(Operation.QUERY, BODY, NOW.plusSeconds(30)))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> {
              assertThat(refused.errorType()).isEqualTo("ValidationException");
              assertThat(refused.message()).isEqualTo("no");
            });
  }

  @ParameterizedTest
  @CsvSource({"502, <html>Bad Gateway</html>", "200, <html>Sign in</html>", "400, ''", "503, [1]"})
  void whatIsNotJsonIsNotTimestreamAndMayPass(int status, String page) {
    amazon.answers((_, exchange) -> text(exchange, status, "text/html", page));

    assertThatThrownBy(
            () -> upstream(USER).call(Operation.WRITE_RECORDS, BODY, NOW.plusSeconds(30)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining(amazon.authority())
        .hasMessageContaining(Integer.toString(status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "headers", "half"})
  void aPeerThatHangsIsGivenUpAtTheDeadline(String sent) {
    amazon.answers((_, exchange) -> {
      if (!sent.equals("nothing")) {
        exchange.sendResponseHeaders(200, 10);
        exchange
            .getResponseBody()
            .write(sent.equals("half") ? "{\"a\"".getBytes(UTF_8) : new byte[0]);
        exchange.getResponseBody().flush();
      }
      await(over);
    });

    StoreException failure =
        catchThrowableOfType(
            StoreException.class,
            () -> upstream(USER).call(Operation.QUERY, BODY, NOW.plusMillis(150)));

    assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(failure).hasMessageContaining(amazon.authority()).hasMessageContaining("0.2 s");
  }

  @Test
  void aPassedDeadlineNeverCalls() {
    assertThatThrownBy(() -> upstream(USER).call(Operation.QUERY, BODY, NOW))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT));
    assertThat(amazon.asked()).isEmpty();
  }

  @Test
  void anInterruptEndsACallOnAVirtualThread() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    amazon.answers((_, _) -> {
      arrived.countDown();
      await(over);
    });
    FutureTask<StoreException> ended =
        new FutureTask<>(() -> {
          StoreException failure =
              catchThrowableOfType(
                  StoreException.class,
                  () -> upstream(USER).call(Operation.QUERY, BODY, NOW.plusSeconds(60)));
          assertThat(Thread.currentThread().isInterrupted()).isTrue();
          return failure;
        });
    Thread caller = Thread.ofVirtual().start(ended);
    assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

    caller.interrupt();

    assertThat(ended.get(30, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CANCELLED);
  }

  @Test
  void readsNoAnswerWithoutEnd() {
    amazon.answers((_, exchange) -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] piece = new byte[1 << 20];
      Arrays.fill(piece, (byte) ' ');
      piece[0] = '{';
      for (int i = 0; i <= Exchange.ANSWER_BYTES_MAX >> 20; i++) {
        exchange.getResponseBody().write(piece);
      }
      exchange.close();
    });

    assertThatThrownBy(() -> upstream(USER).call(Operation.QUERY, BODY, NOW.plusSeconds(60)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("over 16 MiB");
  }

  @Test
  void aConnectionThatBreaksMayPass() {
    amazon.answers((_, exchange) -> exchange.close());

    assertThatThrownBy(() -> upstream(USER).call(Operation.QUERY, BODY, NOW.plusSeconds(30)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("the connection to " + amazon.authority() + " broke");
  }

  @Test
  void goesByAmazonsClockWhereItsOwnIsOff() {
    // The server dates its answers by the real clock, which is far from the one that is handed in.
    amazon.answers((asked, exchange) -> {
      if (asked.header("X-amz-date").startsWith("20260310T")) {
        error(exchange, 403, "InvalidSignatureException", "Signature expired");
      } else {
        json(exchange, 200, "{}");
      }
    });
    Upstream upstream = upstream(USER);

    upstream.call(Operation.WRITE_RECORDS, BODY, NOW.plusSeconds(30));
    upstream.call(Operation.WRITE_RECORDS, BODY, NOW.plusSeconds(30));

    assertThat(amazon.asked())
        .extracting(asked -> asked.header("X-amz-date").startsWith("20260310T"))
        .containsExactly(true, false, false);
    assertThat(clockOff).hasSize(1);
    assertThat(clockOff.getFirst()).isGreaterThan(Signing.SKEW_MIN);
  }

  @Test
  void callsAtWorkTogetherAllGoByAmazonsClockWhereTheirOwnIsOff() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    CountDownLatch bothCame = new CountDownLatch(2);
    CountDownLatch oneRepeated = new CountDownLatch(1);
    amazon.answers((asked, exchange) -> {
      if (asked.header("X-amz-date").startsWith("20260310T")) {
        bothCame.countDown();
        // The second is refused when the clock of the first is mended.
        await(refused.incrementAndGet() == 1 ? bothCame : oneRepeated);
        error(exchange, 403, "InvalidSignatureException", "Signature expired");
      } else {
        oneRepeated.countDown();
        json(exchange, 200, "{}");
      }
    });
    Upstream upstream = upstream(USER);
    Callable<Answer> call = () -> upstream.call(Operation.WRITE_RECORDS, BODY, NOW.plusSeconds(30));
    FutureTask<Answer> beside = new FutureTask<>(call);
    Thread.ofVirtual().start(beside);

    assertThat(call.call()).isInstanceOf(Answer.Done.class);
    assertThat(beside.get(30, TimeUnit.SECONDS)).isInstanceOf(Answer.Done.class);
    assertThat(clockOff).hasSize(1);
  }

  @Test
  void aWrongSecretIsNotTakenForAWrongClock() {
    amazon.answers((_, exchange) -> error(exchange, 403, "InvalidSignatureException", "no"));
    try (Connections inTime =
        Connections.open(
            1, InstantSource.system(), new Random(1), UpstreamListener.NONE, Map.of())) {
      Optional<URI> here = Optional.of(amazon.uri());
      Upstream upstream =
          inTime.once(USER, new Destination(Optional.of("eu-west-1"), here, here, "weir"));

      Answer answer =
          upstream.call(Operation.QUERY, BODY, InstantSource.system().instant().plusSeconds(30));

      assertThat(answer).isInstanceOf(Answer.Refused.class);
      assertThat(amazon.asked()).hasSize(1);
    }
  }

  private Upstream upstream(AwsCredentialsProvider credentials) {
    Optional<URI> here = Optional.of(amazon.uri());
    return connections.once(
        credentials, new Destination(Optional.of("eu-west-1"), here, here, "weir/test"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
