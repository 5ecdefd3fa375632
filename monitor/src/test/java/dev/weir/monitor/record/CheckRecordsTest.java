// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Reply;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.monitor.schedule.TestRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckRecordsTest {

  private static final Instant DUE = Instant.parse("2026-11-22T08:00:03.250Z");
  private static final Slot SLOT =
      new Slot(TestRuns.site("shop", Duration.ofSeconds(10)), "eu-west-1", DUE);
  private static final int X = (int) Phases.NOT_REACHED;

  @Test
  void aRunIsOneRecordWithAllMeasures() {
    Peer peer =
        new Peer(
            "192.0.2.7",
            null,
            "TLSv1.3",
            "TLS_AES_128_GCM_SHA256",
            new Peer.Chain(
                DUE.plus(Duration.ofDays(30)).plusSeconds(5), null, "ab", "s", "i", "", "1"));
    Reply reply = new Reply.Http(200, Map.of(), 123, new byte[400]);
    Measurement first =
        new Measurement(millis(30), List.of(hop(200, peer, 2, 4, 6, 1, 10, 7)), reply, null);
    Measurement second =
        new Measurement(
            millis(50),
            List.of(hop(302, peer, 1, 2, 3, 1, 4, 1), hop(200, peer, 1, 2, 3, 1, 30, 1)),
            reply,
            null);
    Run run = new Run(List.of(first, second), 1, null, false);
    Point point = CheckRecords.point(new SlotResult(SLOT, DUE.plusMillis(15), run));

    assertThat(point.series().measureName()).isEqualTo("check");
    assertThat(point.series().dimensions())
        .containsExactly(new Dimension("region", "eu-west-1"), new Dimension("siteId", "shop"));
    assertThat(point.epochNanos()).isEqualTo(1_795_334_403_250_000_000L);
    assertThat(values(point))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("endpoint_up", true),
                Map.entry("latency", 0.04),
                Map.entry("latency_min", 0.03),
                Map.entry("latency_max", 0.05),
                Map.entry("latency_p50", 0.03),
                Map.entry("latency_p95", 0.05),
                Map.entry("status_code", 200L),
                Map.entry("phase_dns", 0.002),
                Map.entry("phase_connect", 0.004),
                Map.entry("phase_tls", 0.006),
                Map.entry("phase_send", 0.0015),
                Map.entry("phase_wait", 0.022),
                Map.entry("phase_body", 0.0045),
                Map.entry("error_class", "none"),
                Map.entry("requests", 2L),
                Map.entry("failed_requests", 0L),
                Map.entry("attempts", 1L),
                Map.entry("schedule_lag", 0.015),
                Map.entry("certificate_days", 30L),
                Map.entry("address", "192.0.2.7"),
                Map.entry("content_bytes", 123L),
                Map.entry("doubtful", false)));
  }

  @Test
  void b9ATransportFailureHasNoStatus() {
    Map<String, Object> values =
        values(CheckRecords.point(new SlotResult(SLOT, DUE, TestRuns.down())));
    assertThat(values)
        .doesNotContainKeys("status_code", "latency", "latency_p95", "phase_tls", "content_bytes")
        .containsEntry("endpoint_up", false)
        .containsEntry("error_class", "connect_refused")
        .containsEntry("error_message", "localhost:80 refused.")
        .containsEntry("failed_requests", 1L);
  }

  @Test
  void b10AFailedRequestIsNoLatency() {
    Failure timeout = new Failure(ErrorClass.TIMEOUT, "No answer within 5s.");
    Measurement slow =
        new Measurement(
            Duration.ofSeconds(5).toNanos(),
            List.of(hop(null, null, 1, 1, X, 1, 4_997, X)),
            null,
            timeout);
    Measurement quick =
        new Measurement(millis(20), List.of(hop(200, null, 1, 1, X, 1, 16, 1)), null, null);
    Map<String, Object> mixed =
        values(
            CheckRecords.point(
                new SlotResult(SLOT, DUE, new Run(List.of(quick, slow), 2, timeout, true))));
    assertThat(mixed)
        .containsEntry("latency", 0.02)
        .containsEntry("latency_max", 0.02)
        .containsEntry("phase_wait", 0.016)
        .containsEntry("failed_requests", 1L)
        .containsEntry("attempts", 2L)
        .containsEntry("doubtful", true)
        .doesNotContainKey("status_code");

    // Where nothing succeeded the phases say how long was waited: at least that.
    Map<String, Object> alone =
        values(
            CheckRecords.point(
                new SlotResult(SLOT, DUE, new Run(List.of(slow), 1, timeout, false))));
    assertThat(alone)
        .containsEntry("phase_wait", 4.997)
        .doesNotContainKeys("latency", "latency_min", "latency_max", "phase_body");
  }

  @Test
  void theStatusIsThatOfTheRequestThatFailed() {
    Failure status = new Failure(ErrorClass.STATUS, "503, not 200-299.", "status 200-299");
    Measurement bad =
        new Measurement(millis(5), List.of(hop(503, null, 1, 1, X, 1, 1, 1)), null, status);
    Measurement good =
        new Measurement(millis(5), List.of(hop(200, null, 1, 1, X, 1, 1, 1)), null, null);
    assertThat(
            values(
                CheckRecords.point(
                    new SlotResult(SLOT, DUE, new Run(List.of(bad, good), 1, status, false)))))
        .containsEntry("status_code", 503L)
        .containsEntry("failed_expectation", "status 200-299");
  }

  @Test
  void aRunReplacesAMissOfItsSlotAndNotTheOtherWayRound() {
    Point run = CheckRecords.point(new SlotResult(SLOT, DUE, TestRuns.down()));
    Point miss = CheckRecords.point(new SlotResult(SLOT, DUE, new Miss(Miss.Reason.OVERLAP, 1)));
    assertThat(run.series()).isEqualTo(miss.series());
    assertThat(run.epochNanos()).isEqualTo(miss.epochNanos());
    assertThat(run.version()).isGreaterThan(miss.version());
  }

  @Test
  void aMissedSlotHasNoOpinionOfTheSite() {
    Point one =
        CheckRecords.point(
            new SlotResult(SLOT, DUE.plusSeconds(10), new Miss(Miss.Reason.OVERLAP, 1)));
    assertThat(values(one))
        .containsOnlyKeys(
            "requests", "failed_requests", "attempts", "schedule_lag", "error_message")
        .containsEntry("requests", 0L)
        .containsEntry("attempts", 0L)
        .containsEntry("schedule_lag", 10.0)
        .containsEntry("error_message", "this slot was missed: the run before it was still going");
    Point many =
        CheckRecords.point(
            new SlotResult(SLOT, DUE.plusSeconds(10), new Miss(Miss.Reason.PAUSE, 8_640)));
    assertThat((String) values(many).get("error_message"))
        .startsWith("8640 slots were missed up to this one: ");
  }

  @Test
  void aLongMessageIsCutAtACharacterSoThatTheRecordFits() {
    Failure failure =
        new Failure(ErrorClass.STATUS, "é€𝄞".repeat(2_000), "body matches " + "ü".repeat(900));
    Measurement bad =
        new Measurement(millis(5), List.of(hop(503, null, 1, 1, X, 1, 1, 1)), null, failure);
    SlotResult result = new SlotResult(SLOT, DUE, new Run(List.of(bad), 1, failure, false));
    Point point = CheckRecords.point(result);
    int bytes = RecordSize.of(point.series());
    for (Measure.Named value : ((Measure.OfMulti) point.measure()).values()) {
      bytes += RecordSize.of(value);
    }
    assertThat(bytes).isBetween(2_048 - 3, 2_048);
    assertThat(bytes((String) values(point).get("failed_expectation")))
        .isBetween(255, CheckRecords.EXPECTATION_BYTES_MAX);
    assertThat("é€𝄞".repeat(2_000)).startsWith((String) values(point).get("error_message"));

    List<Point> legacy = RecordLayout.LEGACY.points(result);
    Point message = legacy.get(1);
    assertThat(message.series().measureName()).isEqualTo("error_message");
    String text = ((Measure.OfVarchar) message.measure()).value();
    assertThat(bytes(text) + RecordSize.of(message.series())).isBetween(2_048 - 3, 2_048);
    assertThat("é€𝄞".repeat(2_000)).startsWith(text);
  }

  @Test
  void theLegacyLayoutIsTheOriginalsFourRecords() {
    List<Point> up =
        RecordLayout.LEGACY.points(new SlotResult(SLOT, DUE.plusSeconds(1), TestRuns.up()));
    assertThat(up.stream().collect(Collectors.toMap(LegacyValue::name, LegacyValue::value)))
        .isEqualTo(
            Map.of(
                "endpoint_up", new Measure.OfBoolean(true),
                "latency", new Measure.OfDouble(0.012),
                "status_code", new Measure.OfBigint(200)));
    assertThat(up).allMatch(point -> point.epochNanos() == 1_795_334_403_250_000_000L);
    assertThat(up)
        .allMatch(point -> "shop".equals(point.series().dimension("siteId")))
        .allMatch(point -> "eu-west-1".equals(point.series().dimension("region")));
    assertThat(
            RecordLayout.LEGACY.points(new SlotResult(SLOT, DUE, TestRuns.down())).stream()
                .collect(Collectors.toMap(LegacyValue::name, LegacyValue::value)))
        .isEqualTo(
            Map.of(
                "endpoint_up", new Measure.OfBoolean(false),
                "error_message", new Measure.OfVarchar("localhost:80 refused.")));
    assertThat(
            RecordLayout.LEGACY.points(new SlotResult(SLOT, DUE, new Miss(Miss.Reason.OVERLAP, 1))))
        .isEmpty();
  }

  /** A column is there once a record has it: who asks after the first run is not to be refused. */
  @Test
  void statementOfTheReadmeNamesWhatEveryRunHas() throws IOException {
    Matcher statement =
        Pattern.compile("weir query 'SELECT ([^']*?)\\s+FROM \"CPTMonitoring\"")
            .matcher(Files.readString(Path.of("../README.md")));
    assertThat(statement.find()).isTrue();
    List<String> asked = new ArrayList<>(List.of(statement.group(1).split(",\\s*")));
    assertThat(asked.remove("siteId") && asked.remove("time")).isTrue();
    for (Run run : List.of(TestRuns.up(), TestRuns.down())) {
      assertThat(values(CheckRecords.point(new SlotResult(SLOT, DUE, run))))
          .containsKeys(asked.toArray(String[]::new));
    }
  }

  @Test
  void eachCustomerHasADatabase() {
    assertThat(CheckTables.ORIGINAL.results("default"))
        .hasToString("CPTMonitoring.WebsiteMonitoringData");
    assertThat(CheckTables.ORIGINAL.hourly("acme"))
        .hasToString("CPTMonitoring-acme.WebsiteMonitoringHourly");
  }

  /** Names and values of a point of one measure. */
  private static final class LegacyValue {
    static String name(Point point) {
      return point.series().measureName();
    }

    static Measure value(Point point) {
      return point.measure();
    }
  }

  private static Map<String, Object> values(Point point) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Measure.Named named : ((Measure.OfMulti) point.measure()).values()) {
      values.put(
          named.name(),
          switch (named.value()) {
            case Measure.OfDouble of -> of.value();
            case Measure.OfBigint of -> of.value();
            case Measure.OfBoolean of -> of.value();
            case Measure.OfVarchar of -> of.value();
            case Measure.OfTimestamp _, Measure.OfMulti _ -> throw new AssertionError(named);
          });
    }
    return values;
  }

  private static Hop hop(
      Integer status, Peer peer, int dns, int connect, int tls, int send, int waiting, int body) {
    long[] nanos =
        Stream.of(dns, connect, tls, send, waiting, body)
            .mapToLong(part -> part == X ? Phases.NOT_REACHED : millis(part))
            .toArray();
    Phases phases = new Phases(nanos[0], nanos[1], nanos[2], nanos[3], nanos[4], nanos[5]);
    return new Hop("https://shop.example/", phases, peer, status, "HTTP/1.1");
  }

  private static long millis(long count) {
    return Duration.ofMillis(count).toNanos();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
