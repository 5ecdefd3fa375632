// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.ReferencedSecrets;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.store.kit.site.FakeSite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SentSecretsTest {

  /** What a URL would write otherwise is in it. */
  private static final String TOKEN = "swordfish\"\\<b>-0123456789";

  private final Secrets secrets =
      new ReferencedSecrets(Map.of("TOKEN", TOKEN)::get, List.of(), Path.of(""));
  private final SiteProber prober =
      new SiteProber(TestCheck.loopback(), secrets, () -> Instant.EPOCH, _ -> {}, "test");

  @Test
  void failureOfASiteThatSendsASecretBackHasItsReference() throws Exception {
    try (FakeSite site = FakeSite.of(SentSecretsTest::sendBack)) {
      Check.Http check = TestCheck.of(site.url("/")).header("X-Api-Key", "${env:TOKEN}").build();
      Run run = prober.run(site(check, "never"), TestCheck.ANY);
      assertThat(site.visits().getFirst().headers()).containsEntry("x-api-key", TOKEN);
      String sentence = "the body does not contain 'never'; it begins with 'key=${env:TOKEN}.'";
      assertThat(requireNonNull(run.failure()).sentence()).isEqualTo(sentence);
      assertThat(requireNonNull(run.measurements().getFirst().failure()).sentence())
          .isEqualTo(sentence);
      assertThat(run.failure().expectation()).isEqualTo("body contains 'never'");
    }
  }

  @Test
  void siteThatIsSentNoSecretIsQuotedAsItIs() throws Exception {
    try (FakeSite site = FakeSite.of(SentSecretsTest::sendBack)) {
      Check.Http check = TestCheck.of(site.url("/")).header("X-Api-Key", TOKEN).build();
      Run run = prober.run(site(check, "never"), TestCheck.ANY);
      assertThat(requireNonNull(run.failure()).sentence()).contains(TOKEN);
    }
  }

  @Test
  void beginningOfASecretIsKnownAndAShorterPieceIsNot() {
    Check.Http check =
        TestCheck.of("http://127.0.0.1:1/").header("X-Api-Key", "${env:TOKEN}").build();
    SentSecrets sent = SentSecrets.of(check, secrets);
    assertThat(sent.without("a " + TOKEN + TOKEN + " z")).isEqualTo("a ${env:TOKEN}${env:TOKEN} z");
    assertThat(sent.without("a swordfish\"\\< z")).isEqualTo("a ${env:TOKEN} z");
    assertThat(sent.without("a swordfish%22%5C%3Cb%3E-0123456789 z")).isEqualTo("a ${env:TOKEN} z");
    assertThat(sent.without("a swordfi z")).isEqualTo("a swordfi z");
    assertThat(sent.toString()).doesNotContain("sword");
  }

  private static void sendBack(FakeSite.Visit visit) throws Exception {
    String told = "key=" + visit.headers().getOrDefault("x-api-key", "") + ".";
    visit.answer("HTTP/1.1 200 OK", told.getBytes(StandardCharsets.UTF_8));
  }

  private static Site site(Check check, String contains) {
    Expectations expectations =
        new Expectations(
            Expectations.DEFAULT.statuses(),
            List.of(),
            List.of(new BodyRule.Contains(contains, true)),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    return new Site(
        new SiteKey(SiteKey.DEFAULT_CUSTOMER, "shop"),
        "http://shop.example/",
        Duration.ofMinutes(1),
        List.of("here"),
        true,
        check,
        Sampling.ONE,
        expectations,
        Confirmation.ONCE,
        IncidentRules.DEFAULT);
  }
}
