// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.lambda.monitor.queue.MessageQueue.Message;
import dev.weir.store.kit.site.FakeSite;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class SqsQueueTest {

  /** One message as a call had it. */
  private record Sent(String id, String body, int delay) {}

  private final List<List<Sent>> calls = new CopyOnWriteArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void sendsTenAtATimeAndSaysHowLongToKeepThemBack() throws Exception {
    List<Message> messages =
        IntStream.range(0, 23)
            .mapToObj(i -> new Message("{\"n\":\"é" + i + "\"}", Duration.ofSeconds(i)))
            .toList();

    assertThat(send(messages, sent -> true)).isEmpty();

    assertThat(calls).extracting(List::size).containsExactly(10, 10, 3);
    assertThat(calls.stream().flatMap(List::stream).map(Sent::body))
        .containsExactlyElementsOf(messages.stream().map(Message::body).toList());
    assertThat(calls.get(2)).extracting(Sent::delay).containsExactly(20, 21, 22);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aCallHasAtMost256KiB() throws Exception {
    Message large = new Message("é".repeat(60_000));

    assertThat(send(List.of(large, large, large), sent -> true)).isEmpty();

    assertThat(calls).extracting(List::size).containsExactly(2, 1);
  }

  @Test
  void aMessageThatNoQueueTakesIsToldAndTheOthersGo() throws Exception {
    Message tooLarge = new Message("é".repeat(140_000));
    Message small = new Message("small");

    assertThat(send(List.of(tooLarge, small), sent -> true)).containsExactly(tooLarge);

    assertThat(calls.getFirst()).extracting(Sent::body).containsExactly("small");
  }

  @Test
  void whatACallLeavesIsRepeatedAlone() throws Exception {
    List<Message> messages = List.of(new Message("a"), new Message("b"), new Message("c"));

    assertThat(send(messages, sent -> !sent.body().equals("b") || calls.size() > 2)).isEmpty();

    assertThat(calls).extracting(List::size).containsExactly(3, 1, 1);
    assertThat(calls.getLast()).extracting(Sent::body).containsExactly("b");
    assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void whatNeverGoesIsToldAfterFiveAttempts() throws Exception {
    Message never = new Message("never");

    assertThat(send(List.of(new Message("a"), never), sent -> !sent.body().equals("never")))
        .containsExactly(never);

    assertThat(calls).hasSize(SqsQueue.ATTEMPTS_MAX);
  }

  @Test
  void aQueueThatRefusesTheCallIsNotAskedAgain() throws Exception {
    try (FakeSite sqs =
        FakeSite.of(visit ->
            visit.answer(
                "HTTP/1.1 403 Forbidden\r\nContent-Type: application/x-amz-json-1.0",
                "{\"__type\":\"com.amazonaws.sqs#AccessDeniedException\",\"message\":\"no\"}"
                    .getBytes(StandardCharsets.UTF_8)))) {
      Message message = new Message("a");
      assertThat(queue(sqs).send(List.of(message))).containsExactly(message);
      assertThat(sqs.visits()).hasSize(1);
    }
  }

  @Test
  void aCallThatIsNotAnsweredInTimeIsRepeated() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(1);
    try (FakeSite sqs =
        FakeSite.of(visit -> {
          if (requests.incrementAndGet() == 1) {
            over.await();
            return;
          }
          visit.answer(
              "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0",
              answer(entries(visit.body()), sent -> true).getBytes(StandardCharsets.UTF_8));
        })) {
      SqsQueue queue =
          new SqsQueue(client(sqs), sqs.url("/1/orders"), pauses::add, Duration.ofSeconds(3));

      assertThat(queue.send(List.of(new Message("a")))).isEmpty();

      assertThat(pauses).containsExactly(SqsQueue.FIRST_PAUSE);
      assertThat(sqs.visits()).hasSize(2);
    } finally {
      over.countDown();
    }
  }

  @Test
  void aQueueThatIsAskedTooMuchIsAskedAgain() throws Exception {
    try (FakeSite sqs =
        FakeSite.of(visit ->
            visit.answer(
                "HTTP/1.1 400 Bad Request\r\nContent-Type: application/x-amz-json-1.0",
                "{\"__type\":\"com.amazonaws.sqs#RequestThrottled\",\"message\":\"slowly\"}"
                    .getBytes(StandardCharsets.UTF_8)))) {
      Message message = new Message("a");
      assertThat(queue(sqs).send(List.of(message))).containsExactly(message);
      assertThat(pauses).hasSize(SqsQueue.ATTEMPTS_MAX - 1);
    }
  }

  @Test
  void charactersThatSqsRefusesAreReplaced() throws Exception {
    send(List.of(new Message("a\uFFFE b\u0001 c\uD800 d\uD83D\uDE00\n")), sent -> true);

    assertThat(calls.getFirst())
        .extracting(Sent::body)
        .containsExactly("a\uFFFD b\uFFFD c\uFFFD d\uD83D\uDE00\n");
  }

  @Test
  void aMessageIsKeptBackForAQuarterOfAnHourAtTheMost() {
    assertThat(new Message("a", Duration.ofMinutes(15)).delay()).isEqualTo(MessageQueue.DELAY_MAX);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Message("a", Duration.ofSeconds(901)))
        .withMessage("a message is kept back for 0 to 900 seconds, not 901");
  }

  private List<Message> send(List<Message> messages, Predicate<Sent> taken) throws Exception {
    try (FakeSite sqs =
        FakeSite.of(visit -> {
          List<Sent> entries = entries(visit.body());
          calls.add(entries);
          visit.answer(
              "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0",
              answer(entries, taken).getBytes(StandardCharsets.UTF_8));
          visit.keep();
        })) {
      return queue(sqs).send(messages);
    }
  }

  private SqsQueue queue(FakeSite sqs) {
    return new SqsQueue(client(sqs), sqs.url("/1/orders"), pauses::add);
  }

  private static SqsClient client(FakeSite sqs) {
    return SqsClient.builder()
        .region(Region.EU_WEST_1)
        .endpointOverride(URI.create(sqs.url("")))
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .overrideConfiguration(of ->
            of.retryStrategy(retries ->
                retries
                    .maxAttempts(2)
                    .backoffStrategy(BackoffStrategy.retryImmediately())
                    .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())))
        .build();
  }

  private static String answer(List<Sent> entries, Predicate<Sent> taken) throws Exception {
    List<String> successful = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (Sent each : entries) {
      if (taken.test(each)) {
        byte[] digest =
            MessageDigest.getInstance("MD5").digest(each.body().getBytes(StandardCharsets.UTF_8));
        successful.add(
            "{\"Id\":\"%s\",\"MessageId\":\"m\",\"MD5OfMessageBody\":\"%s\"}"
                .formatted(each.id(), HexFormat.of().formatHex(digest)));
      } else {
        failed.add(
            "{\"Id\":\"%s\",\"Code\":\"InternalError\",\"SenderFault\":false}"
                .formatted(each.id()));
      }
    }
    return "{\"Successful\":%s,\"Failed\":%s}".formatted(successful, failed);
  }

  private static List<Sent> entries(byte[] body) {
    List<Sent> entries = new ArrayList<>();
    String id = "";
    String text = "";
    int delay = 0;
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), body)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.END_OBJECT && !id.isEmpty()) {
          entries.add(new Sent(id, text, delay));
          id = "";
        } else if (token == JsonToken.VALUE_STRING && "Id".equals(json.currentName())) {
          id = json.getString();
        } else if (token == JsonToken.VALUE_STRING && "MessageBody".equals(json.currentName())) {
          text = json.getString();
        } else if (token == JsonToken.VALUE_NUMBER_INT
            && "DelaySeconds".equals(json.currentName())) {
          delay = json.getIntValue();
        }
      }
    }
    return entries;
  }
}
