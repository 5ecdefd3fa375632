// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Dimension;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.TableName;
import dev.weir.store.timestream.call.AmazonOnLoopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

class TimestreamStoresTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final TableName TABLE = new TableName("weir", "contract");

  private final List<String> forgeries = new CopyOnWriteArrayList<>();
  private final AmazonOnLoopback amazon =
      new AmazonOnLoopback((asked, exchange) -> {
        // Each body names who wrote it; the signature has to be made with that one's secret.
        String name = asked.text().replaceFirst("(?s).*\"(caller-[0-9]+)\".*", "$1");
        if (!asked.header("Authorization").equals(authorization(name, asked))) {
          forgeries.add(name + " by " + asked.header("Authorization"));
        }
        AmazonOnLoopback.json(exchange, 200, "{\"RecordsIngested\":{\"Total\":1}}");
      });
  private final TimestreamStores stores =
      TimestreamStores.open(
          TimestreamOptions.defaults(InstantSource.fixed(NOW))
              .inRegion("eu-west-1")
              .at(Optional.of(amazon.uri()), Optional.of(amazon.uri())));

  @AfterEach
  void close() {
    stores.close();
    amazon.close();
  }

  @Test
  void callersAtTheSameTimeNeverMix() throws InterruptedException {
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String name = "caller-" + i % 10;
      callers.add(
          Thread.ofVirtual()
              .start(() -> stores.of(of(name)).write(TABLE, by(name), NOW.plusSeconds(60))));
    }
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(amazon.asked()).hasSize(200);
    assertThat(forgeries).isEmpty();
  }

  @Test
  void oneSetOfCredentialsHasOneStoreAndAnotherTokenIsAnotherSet() {
    TimestreamStore store = stores.of(new Credentials("AKID", "secret", null));

    assertThat(stores.of(new Credentials("AKID", "secret", null))).isSameAs(store);
    assertThat(stores.of(new Credentials("AKID", "secret", "token"))).isNotSameAs(store);
    assertThat(stores.of(new Credentials("AKID", "other", null))).isNotSameAs(store);
  }

  @Test
  void theSetThatWasLongestNotAskedForMakesWayAndWorksOn() {
    TimestreamStore first = stores.of(of("caller-0"));
    TimestreamStore second = stores.of(of("caller-1"));
    for (int i = 2; i < TimestreamStores.STORES_MAX; i++) {
      stores.of(of("caller-" + i));
    }
    assertThat(stores.of(of("caller-0"))).isSameAs(first);

    stores.of(of("caller-one-too-many"));

    assertThat(stores.of(of("caller-0"))).isSameAs(first);
    assertThat(stores.of(of("caller-1"))).isNotSameAs(second);
    assertThat(second.write(TABLE, by("caller-1"), NOW.plusSeconds(60)).accepted()).isEqualTo(1);
    assertThat(forgeries).isEmpty();
  }

  @Test
  void openingAsksNothingOfAnybody() {
    try (TimestreamStores lazy =
        TimestreamStores.open(TimestreamOptions.defaults(InstantSource.fixed(NOW)))) {
      lazy.of(of("caller-1"));
      lazy.ofEnvironment();
    }
    assertThat(amazon.asked()).isEmpty();
  }

  @Test
  void reachingLeavesAConnectionThatTheNextWriteUsesAndSignsNothing() {
    List<Integer> ports = new CopyOnWriteArrayList<>();
    amazon.answers((asked, exchange) -> {
      ports.add(exchange.getRemoteAddress().getPort());
      boolean write = asked.target().equals("WriteRecords");
      AmazonOnLoopback.json(
          exchange, write ? 200 : 404, write ? "{\"RecordsIngested\":{\"Total\":1}}" : "{}");
    });

    assertThat(stores.reach(Duration.ofSeconds(30))).isTrue();
    stores.of(of("caller-1")).write(TABLE, by("caller-1"), NOW.plusSeconds(60));

    assertThat(ports).hasSize(2).containsOnly(ports.getFirst());
    assertThat(amazon.asked().getFirst().headers()).doesNotContainKey("Authorization");
    assertThat(amazon.asked().getLast().headers()).containsKey("Authorization");
  }

  @Test
  void reachingNobodyOrSomebodySilentEndsInItsTimeAndThrowsNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(reach(silent.getLocalPort(), Duration.ofMillis(50))).isFalse();
    }
    amazon.close();
    assertThat(reach(amazon.uri().getPort(), Duration.ofSeconds(30))).isFalse();
  }

  private static boolean reach(int port, Duration time) {
    URI uri = URI.create("http://127.0.0.1:" + port);
    try (TimestreamStores there =
        TimestreamStores.open(
            TimestreamOptions.defaults(InstantSource.fixed(NOW))
                .inRegion("eu-west-1")
                .at(Optional.of(uri), Optional.of(uri)))) {
      return there.reach(time);
    }
  }

  @Test
  void nothingIsHandedOutAfterTheEnd() {
    stores.close();
    assertThatThrownBy(() -> stores.of(of("caller-1"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(stores::ofEnvironment).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theTextOfCredentialsHasNoSecret() {
    assertThat(new Credentials("AKID", "the-secret", "the-token").toString())
        .isEqualTo("Credentials[AKID]");
  }

  private static Credentials of(String name) {
    return new Credentials(name, "secret of " + name, "token of " + name);
  }

  private static PointBatch by(String name) {
    PointBatch.Builder batch = new PointBatch.Builder(1);
    batch.addDouble(Series.of("up", List.of(new Dimension("by", name))), 1_773_144_000_000L, 1);
    return batch.build();
  }

  /** What the header has to be where the request was signed with the secret of that caller. */
  private static String authorization(String name, AmazonOnLoopback.Asked asked) {
    SdkHttpFullRequest request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .protocol("http")
            .host(asked.header("Host").split(":")[0])
            .port(Integer.parseInt(asked.header("Host").split(":")[1]))
            .encodedPath("/")
            .putHeader("Content-Type", asked.header("Content-type"))
            .putHeader("Content-Length", asked.header("Content-length"))
            .putHeader("X-Amz-Target", asked.header("X-amz-target"))
            .build();
    return AwsV4HttpSigner.create()
        .sign(sign ->
            sign.identity(
                    AwsSessionCredentials.create(name, "secret of " + name, "token of " + name))
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(asked.body()))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "timestream")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC)))
        .request()
        .firstMatchingHeader("Authorization")
        .orElse("");
  }
}
