// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.notice.Channel;
import dev.weir.monitor.notice.Channel.Delivery;
import dev.weir.monitor.notice.Incident;
import dev.weir.monitor.notice.Notice;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SnsChannelTest {

  private static final String TOPIC = "arn:aws:sns:eu-west-1:000000000000:cpt-monitoring-notices";
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final FakeTopic topic = new FakeTopic();

  SnsChannelTest() throws IOException {}

  @AfterEach
  void close() {
    topic.close();
  }

  @Test
  void publishesWhatAWebhookReceivesWithASubjectAndAttributesToFilterBy() {
    Notice notice = notice(Notice.Kind.OPENED, "shop", "443 is refused");

    assertThat(channel(TOPIC).deliver(notice)).isEqualTo(new Delivery.Delivered());

    Map<String, String> published = topic.published().getFirst();
    assertThat(published)
        .containsEntry("Action", "Publish")
        .containsEntry("TopicArn", TOPIC)
        .containsEntry("Message", notice.json())
        .containsEntry("Subject", "DOWN: acme/shop from eu-west-1, connect_refused")
        .doesNotContainKeys("MessageGroupId", "MessageDeduplicationId");
    assertThat(published.values())
        .contains("customer", "acme", "site", "shop", "kind", "opened", "error_class");
  }

  @Test
  void onAFifoTopicASitesNoticesStayInOrderAndRepeatsHaveOneId() {
    Channel channel = channel(TOPIC + ".fifo");
    Notice opened = notice(Notice.Kind.OPENED, "shop", "443 is refused");
    channel.deliver(opened);
    channel.deliver(opened);
    channel.deliver(notice(Notice.Kind.CLOSED, "shop", "443 is refused"));
    channel.deliver(notice(Notice.Kind.OPENED, "blog", "443 is refused"));

    assertThat(topic.published())
        .extracting(each -> each.get("MessageDeduplicationId"))
        .satisfies(ids -> {
          assertThat(ids.get(1)).isEqualTo(ids.get(0));
          assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
          assertThat(ids).allMatch(id -> id.matches("[0-9a-f]{64}"));
        });
    assertThat(topic.published())
        .extracting(each -> each.get("MessageGroupId"))
        .satisfies(groups -> {
          assertThat(groups.get(2)).isEqualTo(groups.get(0));
          assertThat(groups.get(3)).isNotEqualTo(groups.get(0));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "OPENED, 'DOWN: acme/shop from eu-west-1, connect_refused'",
    "REPEATED, 'STILL DOWN: acme/shop from eu-west-1, connect_refused'",
    "CLOSED, 'UP: acme/shop from eu-west-1'"
  })
  void theSubjectSaysWhatHappened(Notice.Kind kind, String subject) {
    channel(TOPIC).deliver(notice(kind, "shop", "443 is refused"));

    assertThat(topic.published().getFirst()).containsEntry("Subject", subject);
  }

  @Test
  void aSubjectIsAsciiOfOneLineAndShort() {
    channel(TOPIC).deliver(notice(Notice.Kind.OPENED, "s".repeat(63), "\n\u00e9 and more"));

    String subject = topic.published().getFirst().get("Subject");
    assertThat(subject).matches("[\\x20-\\x7e]+");
    assertThat(subject.length()).isLessThanOrEqualTo(SnsChannel.SUBJECT_LENGTH_MAX);

    Incident far =
        new Incident(
            new SiteKey("acme", "shop"),
            "https://shop.example/",
            "d\u00fcsseldorf\n" + "x".repeat(200),
            START,
            null,
            new Failure(ErrorClass.DNS, "no such name"));
    channel(TOPIC).deliver(new Notice(Notice.Kind.OPENED, far, START));
    assertThat(topic.published().getLast().get("Subject"))
        .startsWith("DOWN: acme/shop from d?sseldorf?x")
        .hasSize(SnsChannel.SUBJECT_LENGTH_MAX);
  }

  @Test
  void aNoticeThatNoTopicTakesIsNotSent() {
    int most = SnsChannel.MESSAGE_BYTES_MAX;

    assertThat(channel(TOPIC).deliver(notice(Notice.Kind.OPENED, "shop", "x".repeat(most))))
        .isInstanceOfSatisfying(
            Delivery.Never.class,
            never -> assertThat(never.why()).contains("a topic takes at most"));
    assertThat(topic.published()).isEmpty();
    assertThat(channel(TOPIC).deliver(notice(Notice.Kind.OPENED, "shop", "x".repeat(most - 5_000))))
        .isEqualTo(new Delivery.Delivered());
  }

  @ParameterizedTest
  @CsvSource({
    "400, Throttling, Later",
    "400, ThrottlingException, Later",
    "429, Throttled, Later",
    "400, KMSThrottling, Later",
    "400, KMSAccessDenied, Later",
    "400, KMSDisabled, Later",
    "403, AuthorizationError, Later",
    "403, ExpiredToken, Later",
    "500, InternalError, Later",
    "503, ServiceUnavailable, Later",
    "404, NotFound, Never",
    "400, InvalidParameter, Never",
    "400, ParameterValueInvalid, Never"
  })
  void judgesTheTopicsAnswer(int status, String code, String outcome) {
    topic.fail(status, code);

    Delivery delivery = channel(TOPIC).deliver(notice(Notice.Kind.OPENED, "shop", "refused"));

    assertThat(delivery.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(delivery.toString()).contains(Integer.toString(status), code);
  }

  @Test
  void triesLaterWhereNobodyOrSomebodyElseAnswers() {
    topic.answerNonsense();
    assertThat(channel(TOPIC).deliver(notice(Notice.Kind.OPENED, "shop", "refused")))
        .isInstanceOf(Delivery.Later.class);
    Channel channel = channel(TOPIC);
    topic.close();
    assertThat(channel.deliver(notice(Notice.Kind.OPENED, "shop", "refused")))
        .isInstanceOf(Delivery.Later.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "notices",
        "https://sns.eu-west-1.amazonaws.com/",
        "arn:aws:sqs:eu-west-1:000000000000:notices",
        "arn:aws:sns:eu-west-1:1:notices",
        "arn:aws:sns::000000000000:notices",
        "arn:aws:sns:eu-west-1:000000000000:notices:subscription"
      })
  void whatIsNoTopicIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> channel(text))
        .withMessageContaining("arn:aws:sns:REGION:ACCOUNT:NAME")
        .withMessageContaining("'" + text + "'");
  }

  private Channel channel(String arn) {
    return SnsChannel.of("sns-1", arn, topic::client);
  }

  private static Notice notice(Notice.Kind kind, String site, String error) {
    return new Notice(
        kind,
        new Incident(
            new SiteKey("acme", site),
            "https://shop.example/",
            "eu-west-1",
            START,
            kind == Notice.Kind.CLOSED ? START.plusSeconds(60) : null,
            new Failure(ErrorClass.CONNECT_REFUSED, error)),
        START);
  }
}
