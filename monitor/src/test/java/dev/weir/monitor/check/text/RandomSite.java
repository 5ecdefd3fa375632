// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.Tcp.Step;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.MaintenanceWindow;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.TlsSettings;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A site of any kind that the reader takes, with characters of any kind where they may be. */
final class RandomSite {

  private static final String[] TEXTS = {
    "plain", "say \"hi\"", "back\\slash", "it's", "line\nend\r\n\t", "ü😀", "404", "true", "null",
    "~", "{a: b}", "- x", "# no comment", " spaced ", "a: b", "\u0000\u0007\u2028", "${not", "*a"
  };
  private static final String[] TITLES = {
    "Shop",
    "a \"quoted\" one",
    "<b>bold</b> & more",
    "ü😀",
    "404",
    "true",
    "~",
    "{a: b}",
    "# no",
    " x ",
    "${not"
  };
  private static final String[] REGULAR = {"^a+$", "\\d{3}", "(?i)x|y", "[\"']", "\\\\", "é"};

  private final Random random;

  RandomSite(Random random) {
    this.random = random;
  }

  Site site() {
    return site("site." + random.nextInt(1_000));
  }

  Site site(String id) {
    String host = random.nextBoolean() ? "a-1.example.com" : "192.0.2.1";
    return switch (random.nextInt(4)) {
      case 0 -> web(id);
      case 1 -> {
        boolean tls = random.nextBoolean();
        yield site(id, "tcp://" + host + ":25", tcp(host, tls), plain(tls));
      }
      case 2 ->
          site(
              id,
              "tls://" + host,
              new Check.Tls(host, 443, tls(), family(), timeouts(true, true, true, false, false)),
              plain(true));
      default -> site(id, "dns://_a.example.com", dns(), dnsExpectations());
    };
  }

  private Site site(String id, String endpoint, Check check, Expectations expectations) {
    return new Site(
        new SiteKey("default", id),
        random.nextBoolean() ? id : any(TITLES),
        random.nextBoolean() ? "" : any(TITLES),
        endpoint,
        Duration.ofMillis(1_000 + random.nextInt(86_399_000)),
        random.nextBoolean() ? List.of("here") : List.of("eu-west-1", "b", "c.d_e"),
        random.nextBoolean(),
        check,
        new Sampling(1 + random.nextInt(100), any(Sampling.Connections.values())),
        expectations,
        new Confirmation(1 + random.nextInt(5), Duration.ofMillis(random.nextInt(60_001))),
        new IncidentRules(
            1 + random.nextInt(100),
            1 + random.nextInt(100),
            Duration.ofSeconds(random.nextInt(100_000)),
            list(this::window)));
  }

  private Site web(String id) {
    boolean encrypted = random.nextBoolean();
    String endpoint = (encrypted ? "https" : "http") + "://example.com:8080/a?b=%20c";
    boolean head = random.nextInt(5) == 0;
    Check.Http check =
        new Check.Http(
            URI.create(endpoint),
            head ? "HEAD" : "POST",
            headers(),
            head ? Optional.empty() : maybe(this::secretText),
            maybe(this::credentials),
            tls(),
            new Check.Redirects(random.nextInt(21)),
            family(),
            any(Check.HttpVersion.values()),
            random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(16 << 20),
            timeouts(true, true, true, true, true));
    Expectations expectations =
        new Expectations(
            random.nextBoolean()
                ? Expectations.DEFAULT.statuses()
                : Stream.concat(Stream.of(status()), list(this::status).stream()).toList(),
            list(() ->
                new Expectations.HeaderRule(
                    any(new String[] {"Server", "x-a!"}), any(REGULAR), random.nextBoolean())),
            head ? List.of() : body(),
            maybe(this::latency),
            encrypted ? maybe(() -> 1 + random.nextInt(3_650)) : Optional.empty(),
            Expectations.DEFAULT.responseCodes(),
            List.of());
    return site(id, endpoint, check, expectations);
  }

  private Expectations.StatusRange status() {
    int from = 100 + random.nextInt(900);
    return new Expectations.StatusRange(from, from + random.nextInt(1_000 - from));
  }

  private Map<String, Secret> headers() {
    Map<String, Secret> headers = new HashMap<>();
    if (random.nextBoolean()) {
      headers.put("X-B", new Secret("a, \"b\"\t$${c}"));
      headers.put("accept", new Secret(""));
      headers.put("Cookie", new Secret("a=${env:A}"));
    }
    return headers;
  }

  /** In the order in which they are written. */
  private List<BodyRule> body() {
    List<BodyRule> rules = new ArrayList<>();
    rules.addAll(list(() -> new BodyRule.Contains(any(TEXTS), true)));
    rules.addAll(list(() -> new BodyRule.Contains(any(TEXTS), false)));
    rules.addAll(list(() -> new BodyRule.Matches(any(REGULAR), true)));
    rules.addAll(list(() -> new BodyRule.Matches(any(REGULAR), false)));
    rules.addAll(list(() -> new BodyRule.Json("$.a['b c'][0]..d", maybe(() -> any(TEXTS)))));
    return rules;
  }

  private Check.Tcp tcp(String host, boolean encrypted) {
    List<Step> steps = new ArrayList<>(list(this::step));
    if (encrypted && random.nextBoolean()) {
      steps.add(new Step.StartTls());
    }
    return new Check.Tcp(
        host,
        25,
        steps,
        encrypted ? Optional.of(tls()) : Optional.empty(),
        family(),
        timeouts(true, true, true, true, false));
  }

  private Step step() {
    return random.nextBoolean() ? new Step.Expect(any(REGULAR)) : new Step.Send(secretText());
  }

  private Check.Dns dns() {
    return new Check.Dns(
        "_a.example.com",
        any(new String[] {"A", "MX", "TXT"}),
        maybe(() -> any(new String[] {"192.0.2.1:53", "[2001:db8::1]:5353", "a.b:53"})),
        random.nextBoolean(),
        family(),
        timeouts(true, true, false, true, false));
  }

  private Expectations dnsExpectations() {
    return new Expectations(
        Expectations.DEFAULT.statuses(),
        List.of(),
        List.of(),
        maybe(this::latency),
        Optional.empty(),
        random.nextBoolean() ? List.of("NOERROR") : List.of("NXDOMAIN", "REFUSED"),
        list(() -> new Expectations.AnswerRule(any(REGULAR), random.nextBoolean())));
  }

  private Expectations plain(boolean encrypted) {
    return new Expectations(
        Expectations.DEFAULT.statuses(),
        List.of(),
        List.of(),
        maybe(this::latency),
        encrypted ? maybe(() -> 30) : Optional.empty(),
        Expectations.DEFAULT.responseCodes(),
        List.of());
  }

  private Expectations.LatencyRule latency() {
    return new Expectations.LatencyRule(
        Duration.ofNanos(1_000 + random.nextInt(2_000_000_000)),
        any(Expectations.LatencyRule.Statistic.values()));
  }

  private Credentials credentials() {
    return random.nextBoolean()
        ? new Credentials.Bearer(new Secret("${env:TOKEN}"))
        : new Credentials.Basic(Secret.literal("me \"x\""), new Secret("${file:pass word}"));
  }

  private TlsSettings tls() {
    if (random.nextBoolean()) {
      return TlsSettings.SYSTEM;
    }
    boolean client = random.nextBoolean();
    return new TlsSettings(
        maybe(() -> "xn--bcher-kva.de"),
        maybe(() -> new Secret("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n")),
        client ? Optional.of(new Secret("${file:c.pem}")) : Optional.empty(),
        client ? Optional.of(new Secret("${env:KEY}")) : Optional.empty(),
        any(TlsSettings.Version.values()),
        random.nextBoolean());
  }

  private Check.AddressFamily family() {
    return any(Check.AddressFamily.values());
  }

  private Check.Timeouts timeouts(
      boolean dns, boolean connect, boolean tls, boolean waiting, boolean body) {
    Duration total = Duration.ofMillis(1 + random.nextInt(300_000));
    return new Check.Timeouts(
        total,
        part(dns, total),
        part(connect, total),
        part(tls, total),
        part(waiting, total),
        part(body, total));
  }

  private Duration part(boolean there, Duration total) {
    return there && random.nextBoolean()
        ? Duration.ofMillis(1 + random.nextLong(total.toMillis()))
        : total;
  }

  private MaintenanceWindow window() {
    if (random.nextBoolean()) {
      Instant start = Instant.ofEpochMilli(random.nextInt() * 1_000L + random.nextInt(1_000));
      return new MaintenanceWindow.Once(start, start.plusNanos(1 + random.nextInt(1_000_000_000)));
    }
    return new MaintenanceWindow.Weekly(
        Set.copyOf(
            List.of(any(DayOfWeek.values()), any(DayOfWeek.values())).stream().distinct().toList()),
        LocalTime.ofSecondOfDay(random.nextInt(86_400)),
        Duration.ofMinutes(1 + random.nextInt(1_440)),
        ZoneId.of(any(new String[] {"Europe/Berlin", "Z", "+05:30", "UTC"})));
  }

  private Secret secretText() {
    return random.nextBoolean()
        ? Secret.literal(any(TEXTS))
        : new Secret(any(TEXTS).replace("${", "$${") + "${env:A}");
  }

  private <T> Optional<T> maybe(Supplier<T> maker) {
    return random.nextBoolean() ? Optional.of(maker.get()) : Optional.empty();
  }

  private <T> List<T> list(Supplier<T> maker) {
    return Stream.generate(maker).limit(random.nextInt(3)).toList();
  }

  private <T> T any(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
