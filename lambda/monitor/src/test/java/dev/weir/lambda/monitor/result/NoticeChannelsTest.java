// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.environment.Variables;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.notice.Channel;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.Incident;
import dev.weir.monitor.notice.Notice;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

class NoticeChannelsTest {

  private static final String TOPIC = "arn:aws:sns:us-west-2:000000000000:on-call";

  private final List<String> regions = new ArrayList<>();

  @Test
  void nobodyIsToldWhereNothingIsSaid() {
    assertThat(channels(Map.of())).isEqualTo(Channels.NONE);
    assertThat(channels(Map.of("WEIR_NOTICES", "", "WEIR_NOTICE_TOPIC", "")))
        .isEqualTo(Channels.NONE);
  }

  @Test
  void aTopicIsAChannelOfTheFileAndOneIsEverybodys() {
    Channels channels =
        channels(
            Map.of(
                "WEIR_NOTICES",
                """
                notices:
                  - webhook: https://hooks.example.com/
                  - customer: acme
                    name: mail
                    sns: arn:aws:sns:eu-west-1:000000000000:acme
                  - customer: "*"
                    alertmanager: https://alerts.example.com
                """,
                "WEIR_NOTICE_TOPIC",
                TOPIC));

    assertThat(names(channels, "default")).containsExactly("webhook-1");
    assertThat(names(channels, "acme")).containsExactly("mail");
    assertThat(names(channels, Channels.EVERYBODY))
        .containsExactly("alertmanager-1", NoticeChannels.TOPIC_NAME);
    assertThat(regions).containsExactlyInAnyOrder("eu-west-1", "us-west-2");
  }

  @Test
  void theTopicAloneIsEnough() {
    assertThat(names(channels(Map.of("WEIR_NOTICE_TOPIC", TOPIC)), Channels.EVERYBODY))
        .containsExactly(NoticeChannels.TOPIC_NAME);
  }

  @Test
  void aVariableThatIsWrongIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> channels(Map.of("WEIR_NOTICES", "notices: [{sns: on-call}]")))
        .withMessageStartingWith("WEIR_NOTICES: notices[0] has a sns that is wrong")
        .withMessageContaining("arn:aws:sns:REGION:ACCOUNT:NAME");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> channels(Map.of("WEIR_NOTICE_TOPIC", "on-call")))
        .withMessageStartingWith("WEIR_NOTICE_TOPIC: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> channels(Map.of("WEIR_NETWORK_POLICY", "everywhere")))
        .withMessageStartingWith("WEIR_NETWORK_POLICY: ");
  }

  @Test
  void b14ASecretOfAChannelIsNoFileAndNoneOfTheFunctionsOwn() {
    for (String secret : List.of("${file:/proc/self/environ}", "${env:AWS_SESSION_TOKEN}")) {
      assertThat(delivery(secret))
          .as(secret)
          .isInstanceOfSatisfying(
              Channel.Delivery.Later.class,
              later ->
                  assertThat(later.why())
                      .contains(secret.substring(2, secret.length() - 1))
                      .doesNotContain("the-functions-own"));
    }
    assertThat(delivery("${env:WEIR_SECRET_HOOK}"))
        .as("signed with a variable that may be named, and nobody is there")
        .isInstanceOfSatisfying(
            Channel.Delivery.Later.class, later -> assertThat(later.why()).doesNotContain("HOOK"));
  }

  /** Of a notice to a webhook with this secret, at a port where nobody listens. */
  private Channel.Delivery delivery(String secret) {
    Channels channels =
        channels(
            Map.of(
                "WEIR_NOTICES",
                "notices: [{webhook: 'http://127.0.0.1:1/', secret: '" + secret + "'}]",
                "WEIR_NETWORK_POLICY",
                "127.0.0.0/8",
                "AWS_SESSION_TOKEN",
                "the-functions-own",
                "WEIR_SECRET_HOOK",
                "hush"));
    Instant now = Reports.START;
    Incident incident =
        new Incident(
            new SiteKey("default", "shop"),
            "https://shop.example/",
            Reports.REGION,
            now,
            null,
            new Failure(ErrorClass.TIMEOUT, "no answer"));
    return channels
        .byCustomer()
        .get("default")
        .getFirst()
        .deliver(new Notice(Notice.Kind.OPENED, incident, now));
  }

  private static List<String> names(Channels channels, String customer) {
    return channels.byCustomer().get(customer).stream().map(Channel::name).toList();
  }

  private Channels channels(Map<String, String> variables) {
    return NoticeChannels.of(
        new FunctionSettings(new Variables(variables)),
        region -> {
          regions.add(region);
          return SnsClient.builder()
              .region(Region.of(region))
              .credentialsProvider(AnonymousCredentialsProvider.create())
              .httpClient(UrlConnectionHttpClient.create())
              .build();
        },
        InstantSource.system());
  }
}
