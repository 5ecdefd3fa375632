// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import static dev.weir.prometheus.Doors.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Response;
import dev.weir.prometheus.Doors;
import dev.weir.prometheus.Remote;
import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.SnappyBlock;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import dev.weir.store.StoreException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The receiver rules of remote write 2.0-rc.4, after the cases of Prometheus' compliance suite. */
class Version2Test {

  private final Doors doors = new Doors();

  @Test
  void storesAndCounts() {
    Response answer =
        send(
            new Version2Body()
                .series("__name__", "up", "job", "a b\nc", "http.status", "200")
                .sample(T, 1)
                .sample(T + 1, Double.NaN)
                .metadata()
                .series("__name__", "up")
                .sample(T, Double.NEGATIVE_INFINITY));

    assertThat(answer.status()).isEqualTo(204);
    assertThat(Remote.bytes(answer)).isEmpty();
    assertWritten(answer, 3);
    assertThat(doors.store.points()).hasSize(3);
    assertThat(doors.store.points().getFirst().series().dimension("http.status")).isEqualTo("200");
  }

  @Test
  void sharesItsSeriesWithVersion1() {
    send(new Version2Body().series("__name__", "up", "job", "a").sample(T, 1));
    doors.write(new WriteRequestEncoder().series("__name__", "up", "job", "a").sample(T + 1, 1));
    assertThat(doors.receiver.cache().size()).isEqualTo(1);
  }

  @Test
  void takesTheSameRequestTwice() {
    Version2Body body = new Version2Body().series("__name__", "up").sample(T, 1);
    assertWritten(send(body), 1);
    Response again = send(body);
    assertThat(again.status()).isEqualTo(204);
    assertWritten(again, 1);
  }

  @Test
  void takesAnEmptyRequest() {
    assertThat(doors.write(SnappyBlock.pack(new byte[0]), Doors.V2).status()).isEqualTo(204);
    Response symbolsOnly = send(new Version2Body());
    assertThat(symbolsOnly.status()).isEqualTo(204);
    assertWritten(symbolsOnly, 0);
  }

  @Test
  void refusesOneBadSeriesOfFourAndCountsThree() {
    Response answer =
        send(
            new Version2Body()
                .series("__name__", "a")
                .sample(T, 1)
                .series("job", "nameless")
                .sample(T, 1)
                .series("__name__", "b")
                .sample(T, 1)
                .series("__name__", "c")
                .sample(T, 1));
    assertThat(answer.status()).isEqualTo(400);
    assertWritten(answer, 3);
  }

  @Test
  void refusesReferencesThatAreOddOrOutOfRangeAndStoresTheRest() {
    for (int[] bad : new int[][] {{1}, {1, 2, 3}, {1, 999}, {999, 1}, {Integer.MAX_VALUE, 1}}) {
      Doors fresh = new Doors();
      Version2Body body = new Version2Body().series("__name__", "up").sample(T, 1);
      body.symbol("x");
      Response answer = fresh.write(body.references(bad).sample(T, 1).body(), Doors.V2);
      assertThat(answer.status()).isEqualTo(400);
      assertWritten(answer, 1);
      assertThat(Remote.text(answer)).contains("symbol reference");
      assertThat(fresh.store.points()).hasSize(1);
    }
  }

  @Test
  void refusesASeriesWithoutLabels() {
    Response answer = send(new Version2Body().references().sample(T, 1));
    assertThat(answer.status()).isEqualTo(400);
    assertWritten(answer, 0);
  }

  @Test
  void refusesSymbolsThatDoNotBeginWithTheEmptyOne() {
    Response answer =
        send(new Version2Body().firstSymbol("x").series("__name__", "up").sample(T, 1));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(doors.store.points()).isEmpty();
  }

  @Test
  void refusesDuplicateLabelNames() {
    Response answer =
        send(new Version2Body().series("__name__", "up", "a", "1", "a", "2").sample(T, 1));
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void storesTheRestBesideHistogramsAndExemplarsAndSaysThatTheyAreNotStored() {
    Response answer =
        send(
            new Version2Body()
                .series("__name__", "up")
                .sample(T, 1)
                .exemplar()
                .series("__name__", "latency")
                .histogram());
    assertThat(answer.status()).isEqualTo(400);
    assertWritten(answer, 1);
    assertThat(Remote.text(answer)).contains("1 native histograms, 1 exemplars");
    assertThat(doors.store.points()).hasSize(1);
  }

  @Test
  void refusesWhatVersion1WouldDrop() {
    Response longName =
        send(
            new Version2Body()
                .series("__name__", "up", "a".repeat(61), "x")
                .sample(T, 1)
                .series("__name__", "up")
                .sample(T, 1));
    assertThat(longName.status()).isEqualTo(400);
    assertWritten(longName, 1);

    Doors dropping =
        new Doors(RemoteWriteOptions.defaults().withNonFiniteSamples(NonFiniteSamples.DROP));
    Response notFinite =
        dropping.write(
            new Version2Body()
                .series("__name__", "up")
                .sample(T, Double.NaN)
                .sample(T + 1, 1)
                .body(),
            Doors.V2);
    assertThat(notFinite.status()).isEqualTo(400);
    assertWritten(notFinite, 1);
  }

  @Test
  void countsNothingWhereTheStoreFails() {
    doors.store.failAfter(0, new StoreException(StoreException.Kind.UNAVAILABLE, "disk full"));
    Response answer = send(new Version2Body().series("__name__", "up").sample(T, 1));
    assertThat(answer.status()).isEqualTo(503);
    assertWritten(answer, 0);
  }

  @Test
  void refusesABodyOfVersion1() {
    Response answer =
        doors.write(
            new WriteRequestEncoder().series("__name__", "up").sample(T, 1).body(), Doors.V2);
    assertThat(answer.status()).isEqualTo(400);
    assertWritten(answer, 0);
    assertThat(doors.store.points()).isEmpty();
  }

  @Test
  void takesReferencesOneByOneAndSymbolsAfterTheSeries() {
    ProtobufWriter writer = new ProtobufWriter(64);
    int series = writer.begin(5);
    for (int reference = 1; reference <= 2; reference++) {
      writer.integer(1, reference);
    }
    int sample = writer.begin(2);
    writer.integer(2, T);
    writer.end(sample);
    writer.end(series);
    for (String symbol : List.of("", "__name__", "up")) {
      writer.string(4, symbol);
    }
    Response answer = doors.write(SnappyBlock.pack(writer.toByteArray()), Doors.V2);
    assertThat(answer.status()).isEqualTo(204);
    assertWritten(answer, 1);
  }

  @Test
  void takesNoMemoryForManyReferencesToOneLongSymbol() {
    Version2Body body = new Version2Body();
    int symbol = body.symbol("x".repeat(60_000));
    int[] references = new int[200_000];
    Arrays.fill(references, symbol);
    Response answer = send(body.references(references).sample(T, 1));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Remote.text(answer)).contains("65536");
  }

  private Response send(Version2Body body) {
    return doors.write(body.body(), Doors.V2);
  }

  private static void assertWritten(Response answer, int samples) {
    assertThat(answer.headers().first("X-Prometheus-Remote-Write-Samples-Written"))
        .contains(Integer.toString(samples));
    assertThat(answer.headers().first("X-Prometheus-Remote-Write-Histograms-Written"))
        .contains("0");
    assertThat(answer.headers().first("X-Prometheus-Remote-Write-Exemplars-Written")).contains("0");
  }
}
