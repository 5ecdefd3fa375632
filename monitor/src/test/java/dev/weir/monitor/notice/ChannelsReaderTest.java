// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import static dev.weir.monitor.notice.Results.down;
import static dev.weir.monitor.notice.Results.site;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.notice.Channel.Delivery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file, and what its channels do before a real receiver. */
class ChannelsReaderTest {

  private static final Instant NOW = Results.START.plusSeconds(5);
  private static final Notice OPENED =
      requireNonNull(
          SiteState.WELL.next(down(site(IncidentRules.DEFAULT), 0), Results.START).notice());

  private final ChannelsReader reader =
      new ChannelsReader(
          customer -> secret -> customer + "'s " + secret.reference(),
          customer -> address -> !customer.equals("blocked"),
          InstantSource.fixed(NOW));

  @Test
  void postsASignedNotice() throws Exception {
    try (Receiver receiver = new Receiver()) {
      Channel channel =
          only(
              "acme",
              """
              notices:
                - customer: acme
                  webhook: %s
                  secret: ${env:HOOK}
              """
                  .formatted(receiver.url("/hook")));

      assertThat(channel.deliver(OPENED)).isEqualTo(new Delivery.Delivered());

      Receiver.Posted posted = receiver.take();
      String body =
          """
          {"id":"acme/shop/local/1773144000000/opened/1773144000000","kind":"opened",\
          "moment":"2026-03-10T12:00:00Z","customer":"acme","site":"shop",\
          "endpoint":"tls://shop.example:443","region":"local","start":"2026-03-10T12:00:00Z",\
          "error_class":"connect_refused","error":"shop.example:443 refused"}\
          """;
      assertThat(posted.path()).isEqualTo("/hook");
      assertThat(posted.body()).isEqualTo(body);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("acme's ${env:HOOK}".getBytes(UTF_8), "HmacSHA256"));
      String signature =
          HexFormat.of()
              .formatHex(mac.doFinal((NOW.getEpochSecond() + "." + body).getBytes(UTF_8)));
      assertThat(posted.headers())
          .containsEntry(
              "Weir-signature", List.of("t=%d,v1=%s".formatted(NOW.getEpochSecond(), signature)))
          .containsEntry("Weir-notice-id", List.of(OPENED.id()))
          .containsEntry("User-agent", List.of("weir"));
    }
  }

  @Test
  void postsAnAlertThatEndsByItselfUnlessItIsToldAgain() throws Exception {
    try (Receiver receiver = new Receiver()) {
      Channel channel =
          only(
              "default",
              """
              notices:
                - alertmanager: %s
                  basic: {user: weir, password: "${file:/run/secret}"}
              """
                  .formatted(receiver.url("/am/")));

      assertThat(channel.deliver(OPENED)).isEqualTo(new Delivery.Delivered());

      Receiver.Posted posted = receiver.take();
      assertThat(posted.path()).isEqualTo("/am/api/v2/alerts");
      assertThat(posted.headers().get("Authorization").getFirst()).startsWith("Basic ");
      assertThat(posted.body())
          .isEqualTo(
              """
              [{"labels":{"alertname":"WeirSiteDown","customer":"acme","site":"shop",\
              "region":"local"},"annotations":{"summary":"tls://shop.example:443 is down",\
              "description":"shop.example:443 refused","error_class":"connect_refused"},\
              "startsAt":"2026-03-10T12:00:00Z","endsAt":"2026-03-10T12:04:05Z"}]\
              """);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, Delivered",
    "204, Delivered",
    "301, Never",
    "400, Never",
    "404, Never",
    "408, Later",
    "429, Later",
    "500, Later",
    "503, Later"
  })
  void judgesTheReceiversAnswer(int status, String outcome) throws Exception {
    try (Receiver receiver = new Receiver()) {
      receiver.answer(status);
      Channel channel = only("default", "notices: [{webhook: '" + receiver.url("/") + "'}]");
      assertThat(channel.deliver(OPENED).getClass().getSimpleName()).isEqualTo(outcome);
    }
  }

  @Test
  void triesLaterWhereNobodyListens() throws Exception {
    String url;
    try (Receiver gone = new Receiver()) {
      url = gone.url("/");
    }
    assertThat(only("default", "notices: [{webhook: '" + url + "'}]").deliver(OPENED))
        .isEqualTo(new Delivery.Later("the receiver can't be reached (ConnectException)"));
  }

  @Test
  void keepsToTheCustomersNetworkPolicy() throws Exception {
    try (Receiver receiver = new Receiver()) {
      Channel channel =
          only("blocked", "notices: [{customer: blocked, webhook: '" + receiver.url("/") + "'}]");
      assertThat(channel.deliver(OPENED))
          .isEqualTo(
              new Delivery.Never(
                  "the network policy does not allow the receiver's address 127.0.0.1"));
      assertThat(receiver.waiting()).isZero();
    }
  }

  @Test
  void knowsNobodyInAnEmptyFile() {
    assertThat(reader.read("")).isEqualTo(Channels.NONE);
    assertThat(reader.read("notices: []")).isEqualTo(Channels.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "notices: {}",
        "notices: [1]",
        "notices: [{}]",
        "other: []",
        "notices: [{webhook: 'ftp://x/'}]",
        "notices: [{webhook: 'http://user:pass@x/'}]",
        "notices: [{webhook: 'http://x/', alertmanager: 'http://y/'}]",
        "notices: [{webhook: 'http://x/', secret: plain}]",
        "notices: [{webhook: 'http://x/', basic: {user: a, password: '${env:P}'}}]",
        "notices: [{alertmanager: 'http://x/', secret: '${env:P}'}]",
        "notices: [{alertmanager: 'http://x/', basic: {user: a}}]",
        "notices: [{alertmanager: 'http://x/', bearer: '${env:P}', basic: {user: a, password:"
            + " '${env:P}'}}]",
        "notices: [{webhook: 'http://x/', colour: red}]",
        "notices: [{webhook: 5}]",
        "notices: [{webhook: null}]",
        "notices: [{webhook: 'http://x/', customer: 'a b'}]",
        "notices: [{webhook: 'http://x/', name: 'a/b'}]",
        "notices: [{webhook: 'http://x/', name: a}, {webhook: 'http://y/', name: a}]",
        "notices: [",
        "a: &a [x]\nnotices: *a"
      })
  void refusesWhatIsNotRight(String text) {
    assertThatThrownBy(() -> reader.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesSoManyChannelsForACustomerAndNoMore() {
    String entry = "{webhook: 'http://x/'},";
    String most = "notices: [" + entry.repeat(Channels.PER_CUSTOMER_MAX) + "]";
    assertThat(reader.read(most).byCustomer().get("default")).hasSize(Channels.PER_CUSTOMER_MAX);
    String over = "notices: [" + entry.repeat(Channels.PER_CUSTOMER_MAX + 1) + "]";
    assertThatThrownBy(() -> reader.read(over)).hasMessageContaining("at most 16");
  }

  @Test
  void makesChannelsOfAKindThatIsKnownElsewhere() {
    ChannelKind bell =
        (name, target) -> {
          if (!target.startsWith("tower ")) {
            throw new IllegalArgumentException("'" + target + "' is no tower");
          }
          return new FakeChannel(name);
        };
    ChannelsReader reader =
        new ChannelsReader(
            customer -> secret -> "",
            customer -> address -> true,
            InstantSource.fixed(NOW),
            Map.of("bell", bell));

    Channels read =
        reader.read("notices: [{customer: acme, bell: tower 1}, {webhook: 'http://x/'}]");
    assertThat(read.byCustomer().get("acme")).extracting(Channel::name).containsExactly("bell-1");
    assertThat(read.byCustomer().get("default")).hasSize(1);
    assertThatThrownBy(() -> reader.read("notices: [{bell: roof}]"))
        .hasMessage("notices[0] has a bell that is wrong: 'roof' is no tower");
    assertThatThrownBy(() -> reader.read("notices: [{bell: tower 1, secret: '${env:P}'}]"))
        .hasMessageContaining("can't have secret");
    assertThatThrownBy(() -> reader.read("notices: [{bell: tower 1, webhook: 'http://x/'}]"))
        .hasMessage("notices[0] needs one of webhook, alertmanager, bell, and where to");
    assertThatThrownBy(() -> this.reader.read("notices: [{bell: tower 1}]"))
        .hasMessageContaining("unknown field bell");
  }

  private Channel only(String customer, String text) {
    return reader.read(text).byCustomer().get(customer).getFirst();
  }
}
