// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.server.timestream.signing.Callers;
import dev.weir.store.PreparedQuery;
import dev.weir.store.TableName;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.RecordingPointWriter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that were good once: whatever becomes of them, the answer is one of the protocol's. */
class MutatedBodiesTest {

  private static final int MUTANTS = 1_500;
  private static final long SEED = 20260310;
  private static final Set<Integer> GOOD = Set.of(200, 400, 404, 409, 419);

  /** Pieces that readers of JSON stumble over. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u",
          "\\ud800",
          "null",
          "true",
          "1e999",
          "-",
          "9223372036854775808",
          "0.0",
          "\"\"",
          "\u0000",
          "[[[[",
          "NaN",
          "\"MULTI\"");

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-10T12:00:00Z"));
  private final AccountInMemory account = new AccountInMemory(clock);
  private final RecordingPointWriter points = new RecordingPointWriter();
  private final TimestreamDoor door =
      new TimestreamDoor(
          new TimestreamStore(
              points,
              new CountingRunner(3, 5),
              (_, _) -> new PreparedQuery(List.of(), List.of()),
              account,
              account,
              account,
              account),
          Callers.anyone(),
          TimestreamOptions.of(false),
          clock,
          new Random(SEED),
          new WeirMetrics("test"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "WriteRecords|{'DatabaseName':'abc','TableName':'def','CommonAttributes':{'Dimensions':"
            + "[{'Name':'a','Value':'b'}],'TimeUnit':'SECONDS','Version':2},'Records':[{'Dimensions'"
            + ":[{'Name':'c','Value':'d'}],'MeasureName':'m','MeasureValue':'1.5','Time':'17'},"
            + "{'MeasureName':'n','MeasureValueType':'MULTI','Time':'18','MeasureValues':[{'Name':"
            + "'x','Value':'2','Type':'BIGINT'},{'Name':'y','Value':'é','Type':'VARCHAR'}]}]}",
        "Query|{'QueryString':'SELECT"
            + " é','MaxRows':2,'ClientToken':'tttttttttttttttttttttttttttttttt'"
            + ",'QueryInsights':{'Mode':'DISABLED'}}",
        "CreateTable|{'DatabaseName':'abc','TableName':'new','RetentionProperties':"
            + "{'MemoryStoreRetentionPeriodInHours':2,'MagneticStoreRetentionPeriodInDays':3},"
            + "'Schema':{'CompositePartitionKey':[{'Type':'DIMENSION','Name':'k'}]},'Tags':"
            + "[{'Key':'a','Value':'b'}]}"
      })
  void neverMakeAFaultOfOurs(String operation, String json) {
    account.createDatabase("abc", null, Map.of());
    account.createTable(new TableName("abc", "def"), TableProperties.DEFAULT, Map.of());
    byte[] whole = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Random random = new Random(SEED);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] body = mutate(whole, random);
      int status = send(operation, body).status();
      assertThat(GOOD)
          .as("seed %d, mutant %d: %s", SEED, i, new String(body, StandardCharsets.UTF_8))
          .contains(status);
    }
    clock.advance(Duration.ofHours(1));
    assertThat(send(operation, whole).status()).isIn(200, 409);
  }

  private Response send(String operation, byte[] body) {
    return door.handle(
        new Request(
            "POST",
            "/",
            "",
            Headers.of("X-Amz-Target", "Timestream_20181101." + operation),
            body.length,
            new ByteArrayInputStream(body)));
  }

  private static byte[] mutate(byte[] whole, Random random) {
    byte[] body = whole;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      int from = random.nextInt(body.length);
      int to = Math.min(body.length, from + random.nextInt(6));
      byte[] piece =
          switch (random.nextInt(3)) {
            case 0 -> new byte[] {(byte) random.nextInt(256)};
            case 1 -> PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
            default -> Arrays.copyOfRange(body, random.nextInt(from + 1), to);
          };
      byte[] next = Arrays.copyOf(body, body.length - (to - from) + piece.length);
      System.arraycopy(piece, 0, next, from, piece.length);
      System.arraycopy(body, to, next, from + piece.length, body.length - to);
      body = next.length == 0 ? whole : next;
    }
    return body;
  }
}
