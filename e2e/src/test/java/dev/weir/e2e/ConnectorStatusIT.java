// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.ReadAnswer.SampleRead;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a sender is answered when Timestream refuses, beside what the AWS connector answers. A
 * Prometheus drops what is answered 4xx and sends again what is answered 5xx.
 */
class ConnectorStatusIT {

  private static final String DATABASE = "prom";
  private static final String TABLE = "metrics";
  private static final int WRITE_ATTEMPTS = 3;
  private static final int READ_ATTEMPTS = 2;
  private static final AtomicInteger METRICS = new AtomicInteger();

  @TempDir static Path folder;
  private static LocalTimestream timestream;
  private static FaultProxy proxy;
  private static ConnectorProcess connector;
  private static RemoteClient client;

  private final long now = System.currentTimeMillis();
  private final String metric = "status_" + METRICS.incrementAndGet();

  @BeforeAll
  static void start() {
    timestream = LocalTimestream.start(folder);
    timestream.createTable(DATABASE, TABLE);
    proxy = FaultProxy.before(timestream);
    connector = connector();
    client = client(connector);
  }

  private static ConnectorProcess connector(String... flags) {
    return ConnectorProcess.start(
        folder,
        Map.of(),
        List.of(
            "--default-database=" + DATABASE,
            "--default-table=" + TABLE,
            "--write-base-endpoint=" + proxy.endpoint(),
            "--query-base-endpoint=" + proxy.endpoint(),
            "--max-write-retries=" + WRITE_ATTEMPTS,
            "--max-read-retries=" + READ_ATTEMPTS,
            flags.length == 0 ? "--throttle-status=503" : flags[0]));
  }

  @AfterAll
  static void stop() {
    connector.close();
    proxy.close();
    timestream.close();
  }

  @ParameterizedTest(name = "{0}: the AWS connector {1}, Weir {2}")
  @CsvSource({
    "THROTTLED,      400, 503",
    "THROTTLED_400,  400, 503",
    "NOT_FOUND,      400, 503",
    "NOT_FOUND_400,  400, 503",
    "DENIED,         400, 503",
    "DENIED_400,     400, 503",
    "EXPIRED,        400, 503",
    "UNKNOWN_KEY,    400, 503",
    "BAD_SIGNATURE,  400, 503",
    "QUOTA,          400, 503",
    "WRONG_ENDPOINT, 400, 503",
    "NEW_ERROR,      400, 503",
    "INTERNAL,       500, 503",
    "INTERNAL_HTML,  500, 503",
    "CUT_BEFORE,     500, 503",
    "CUT_AFTER,      500, 503",
    "INVALID,        400, 400",
    "REJECTS_FIRST,  400, 400"
  })
  void answersAFailedWrite(Fault fault, int awsConnector, int weir) {
    proxy.follow(FaultPlan.always(fault));
    HttpResponse<byte[]> response = client.write(body(1));
    assertThat(response.statusCode())
        .as(() ->
            "%s; the AWS connector answers %d, Weir %s"
                .formatted(fault, awsConnector, RemoteClient.text(response)))
        .isEqualTo(weir);
    boolean again = weir == 503;
    assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(again);
    if (again) {
      proxy.follow(FaultPlan.none());
      HttpResponse<byte[]> repeated = client.write(body(1));
      assertThat(repeated.statusCode()).as(() -> RemoteClient.text(repeated)).isEqualTo(204);
      assertThat(stored()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0}: the AWS connector {1}, Weir {2}")
  @CsvSource({
    "THROTTLED,      400, 503",
    "THROTTLED_400,  400, 503",
    "DENIED,         400, 503",
    "EXPIRED,        400, 503",
    "BAD_SIGNATURE,  400, 503",
    "WRONG_ENDPOINT, 400, 503",
    "INTERNAL,       400, 503",
    "INTERNAL_HTML,  400, 503",
    "CUT_BEFORE,     400, 503",
    "CUT_IN_ANSWER,  400, 503",
    "CUT_IN_HEAD,    400, 503"
  })
  void answersAFailedRead(Fault fault, int awsConnector, int weir) {
    proxy.follow(FaultPlan.none());
    assertThat(client.write(body(1)).statusCode()).isEqualTo(204);
    proxy.follow(FaultPlan.always(fault));
    HttpResponse<byte[]> response =
        client.read(ReadQuery.request(ReadQuery.around(now).equal("__name__", metric)));
    assertThat(response.statusCode())
        .as(() ->
            "%s; the AWS connector answers %d, Weir %s"
                .formatted(fault, awsConnector, RemoteClient.text(response)))
        .isEqualTo(weir);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
  }

  /** The AWS connector answers 400 for all 250 and the sender drops them. */
  @Test
  void aCallThatMayBeRepeatedWinsOverOneThatIsRefused() {
    proxy.follow((operation, index) -> index == 0 ? Fault.REJECTS_FIRST : Fault.THROTTLED);
    HttpResponse<byte[]> mixed = client.write(body(250));
    assertThat(mixed.statusCode()).as(() -> RemoteClient.text(mixed)).isEqualTo(503);

    proxy.follow(FaultPlan.none());
    HttpResponse<byte[]> again = client.write(body(250));
    assertThat(again.statusCode()).as(() -> RemoteClient.text(again)).isEqualTo(204);
    assertThat(stored()).isEqualTo(250);
  }

  /** The AWS connector says that records were rejected, and counts all it ever saw. */
  @Test
  void aRejectedRecordIsNamedWithItsReason() {
    proxy.follow(FaultPlan.first(1, Fault.REJECTS_FIRST));
    HttpResponse<byte[]> response = client.write(body(3));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(RemoteClient.text(response))
        .contains("stored 2 of 3", metric, "not wanted today")
        .containsPattern("part=\"[0-2]\"");
  }

  /** As the AWS connector: the flag counts attempts, the first one included. */
  @Test
  void maxWriteRetriesAreAttempts() {
    proxy.follow(FaultPlan.always(Fault.INTERNAL));
    assertThat(client.write(body(1)).statusCode()).isEqualTo(503);
    assertThat(proxy.calls("WriteRecords")).isEqualTo(WRITE_ATTEMPTS);

    proxy.follow(FaultPlan.first(WRITE_ATTEMPTS - 1, Fault.THROTTLED_400));
    assertThat(client.write(body(1)).statusCode()).isEqualTo(204);
    assertThat(proxy.calls("WriteRecords")).isEqualTo(WRITE_ATTEMPTS);
  }

  /** As the AWS connector. */
  @Test
  void maxReadRetriesAreAttempts() {
    proxy.follow(FaultPlan.always(Fault.INTERNAL));
    byte[] query = ReadQuery.request(ReadQuery.around(now).equal("__name__", metric));
    assertThat(client.read(query).statusCode()).isEqualTo(503);
    assertThat(proxy.calls("Query")).isEqualTo(READ_ATTEMPTS);
  }

  @Test
  void throttleStatusMayBe429() {
    try (ConnectorProcess strict = connector("--throttle-status=429")) {
      proxy.follow(FaultPlan.always(Fault.THROTTLED));
      HttpResponse<byte[]> throttled = client(strict).write(body(1));
      assertThat(throttled.statusCode()).isEqualTo(429);
      assertThat(throttled.headers().firstValue("Retry-After")).isPresent();
      proxy.follow(FaultPlan.always(Fault.DENIED));
      assertThat(client(strict).write(body(1)).statusCode()).isEqualTo(503);
    }
  }

  /** The AWS connector says {@code Prometheus Connector/1.3.2}. */
  @Test
  void saysItsNameToTimestream() {
    proxy.follow(FaultPlan.none());
    assertThat(client.write(body(1)).statusCode()).isEqualTo(204);
    assertThat(proxy.requests())
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.header("User-Agent")).contains("weir/"));
  }

  /** As the AWS connector: a call has at most a hundred records. */
  @Test
  void writesMoreThanAHundredSeriesInSeveralCalls() {
    proxy.follow(FaultPlan.none());
    assertThat(client.write(body(452)).statusCode()).isEqualTo(204);
    List<Integer> records =
        proxy.requests().stream()
            .map(call -> WireApi.JSON.readTree(call.body()).path("Records").size())
            .toList();
    assertThat(records).hasSizeGreaterThanOrEqualTo(5).allMatch(count -> count <= 100);
    assertThat(records.stream().mapToInt(Integer::intValue).sum()).isEqualTo(452);
    assertThat(stored()).isEqualTo(452);
  }

  private byte[] body(int samples) {
    WireWriter body = new WireWriter();
    for (int part = 0; part < samples; part++) {
      body.series(
          Map.of("__name__", metric, "part", Integer.toString(part)),
          SampleRead.of(now, part + 0.5));
    }
    return body.compressed();
  }

  private int stored() {
    String sql =
        "SELECT count(*) FROM \"%s\".\"%s\" WHERE measure_name = '%s'"
            .formatted(DATABASE, TABLE, metric);
    return Integer.parseInt(timestream.rows(sql).getFirst().getFirst());
  }

  private static RemoteClient client(ConnectorProcess connector) {
    return RemoteClient.ofConnector(connector.web(), LocalTimestream.OWNER.headers());
  }
}
