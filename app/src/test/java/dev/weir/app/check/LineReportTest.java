// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.cli.Terminal;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineReportTest {

  private static final Style PLAIN = new Style(true, false);
  private static final Style ASCII = new Style(false, false);

  @Test
  void showsHopsBelowEachOtherOnOneScaleAndWhoAnswered() {
    assertThat(text(Runs.outcome("http://shop.example/", Runs.up(Runs.redirected())), PLAIN))
        .isEqualTo(
            """
            http://shop.example/ is up: status 200 after a redirect in 100 ms

              http://shop.example/  301
                dns       0.00 ms
                connect   5.00 ms  ███
                tls             -
                send      0.12 ms     █
                wait      14.9 ms     ██████████
                body      0.00 ms
              https://shop.example/  200
                dns       2.00 ms               █
                connect   10.0 ms                ██████
                tls       28.0 ms                      ██████████████████
                send      0.00 ms
                wait      36.5 ms                                        ████████████████████████
                body      3.50 ms                                                                ██

              address      192.0.2.7, since 2001:db8::7 refuses
              protocol     HTTP/2
              TLS          TLSv1.3, TLS_AES_256_GCM_SHA384
              certificate  CN=shop.example
              issuer       CN=Example Authority, O=Example
              valid until  2027-01-03, 42 days left
            """);
  }

  @Test
  void aCertificateThatHasEndedIsOver() {
    Outcome late =
        new Outcome(
            "https://shop.example/",
            true,
            Runs.up(Runs.redirected()),
            Instant.parse("2027-01-03T08:00:02Z"));
    assertThat(text(late, PLAIN)).contains("\n  valid until  2027-01-03, which is over\n");
    assertThat(late.certificateDays(late.measurement().last().peer())).isEqualTo(-1);
  }

  @Test
  void marksWhereItBrokeOffInCharactersThatTheTerminalHas() {
    Failure failure = Runs.timedOut().failure();
    Outcome outcome = Runs.outcome("http://127.0.0.1:8080/", Runs.down(failure, Runs.timedOut()));
    assertThat(text(outcome, ASCII))
        .isEqualTo(
            """
            http://127.0.0.1:8080/ is down: no answer of 127.0.0.1:8080 within 30s\\u001b[2J

                dns       0.00 ms
                connect   1.00 ms  #
                tls             -
                send      0.00 ms
                wait       30.0 s  ################################################################ x
                body            -

              address      127.0.0.1
            """);
    assertThat(text(outcome, ASCII)).isASCII();
    assertThat(text(outcome, PLAIN)).contains("█ ✗\n");
  }

  @Test
  void listsRequestsAndWhatTheyTookTogether() {
    assertThat(
            text(
                Runs.outcome(
                    "http://127.0.0.1:8080/",
                    Runs.up(Runs.plain(20), Runs.timedOut(), Runs.plain(10), Runs.plain(30))),
                PLAIN))
        .startsWith(
            """
            http://127.0.0.1:8080/ is up: status 200 in 20.0 ms on average, 3 of 4 requests

              request 1    200    20.0 ms
              request 2      -     30.0 s  timeout: no answer of 127.0.0.1:8080 within 30s\\u001b[2J
              request 3    200    10.0 ms
              request 4    200    30.0 ms
              min 10.0 ms, avg 20.0 ms, p95 30.0 ms, max 30.0 ms

              request 4
                dns       0.00 ms
                connect   1.00 ms  ██
            """);
  }

  @Test
  void showsTheRequestThatFailedWhereTheSiteIsDown() {
    Failure both = new Failure(ErrorClass.TIMEOUT, "1 of 2 requests failed; the first: late");
    Outcome outcome = Runs.outcome("u://", Runs.down(both, Runs.plain(20), Runs.timedOut()));
    assertThat(text(outcome, PLAIN)).contains("\n  request 2\n").contains(" is down: 1 of 2 ");
  }

  @Test
  void noLineIsLongerThan100Characters() {
    String url = "http://127.0.0.1:8080/" + "long/".repeat(60) + "?q=" + "x".repeat(300);
    Failure failure = new Failure(ErrorClass.STATUS, "the status is 404 ".repeat(40));
    Outcome outcome = Runs.outcome(url, Runs.down(failure, Runs.timedOut().failed(failure)));
    List<String> lines = LineReport.of(outcome, ASCII);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(String.join("", lines).replace(" ", ""))
        .contains(url)
        .contains("thestatusis404".repeat(40));
  }

  @Test
  void saysWhatItMadeOfAUrlWithoutASchemeAndOfABlockedAddress() {
    Failure blocked = new Failure(ErrorClass.BLOCKED_ADDRESS, "10.0.0.1 is not allowed");
    Outcome outcome =
        new Outcome(
            "https://a.example",
            false,
            Runs.down(blocked, Runs.timedOut().failed(blocked)),
            Runs.NOW);
    assertThat(text(outcome, PLAIN))
        .startsWith(
            """
            https://a.example is down: 10.0.0.1 is not allowed
              (the URL came without a scheme; https:// was taken)
              (--allow says which addresses may be connected to)
            """);
  }

  @Test
  void coloursNothingButTheJudgement() {
    Outcome outcome = Runs.outcome("http://127.0.0.1:8080/", Runs.up(Runs.plain(10)));
    String coloured = text(outcome, new Style(true, true));
    assertThat(coloured).startsWith("http://127.0.0.1:8080/ is \u001b[32mup\u001b[0m: status 200");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(text(outcome, PLAIN));
  }

  @Test
  void usesColoursOnATerminalThatKnowsThemAndUnicodeWhereItArrives() {
    Map<String, String> xterm = Map.of("TERM", "xterm-256color");
    assertThat(style(xterm, StandardCharsets.UTF_8, true)).isEqualTo(new Style(true, true));
    assertThat(style(xterm, StandardCharsets.UTF_8, false)).isEqualTo(new Style(true, false));
    assertThat(style(xterm, StandardCharsets.US_ASCII, true)).isEqualTo(new Style(false, true));
    assertThat(style(Map.of("TERM", "xterm", "NO_COLOR", "1"), StandardCharsets.UTF_8, true))
        .isEqualTo(new Style(true, false));
    assertThat(style(Map.of("TERM", "dumb"), StandardCharsets.UTF_8, true).colour()).isFalse();
    assertThat(style(Map.of(), StandardCharsets.UTF_8, true).colour()).isFalse();
  }

  @Test
  void timesHaveThreeDigitsThatCount() {
    assertThat(
            List.of(
                0L, 49_000L, 9_994_000L, 9_996_000L, 99_960_000L, 999_600_000L, 300_000_000_000L))
        .map(Times::text)
        .containsExactly("0.00 ms", "0.05 ms", "9.99 ms", "10.0 ms", "100 ms", "1.00 s", "300 s");
  }

  private static Style style(Map<String, String> environment, Charset charset, boolean screen) {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), false, charset);
    return Style.of(new Terminal(out, out, environment, Path.of("")), screen);
  }

  private static String text(Outcome outcome, Style style) {
    return String.join("\n", LineReport.of(outcome, style)) + "\n";
  }
}
