// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.api.call.Caller;
import dev.weir.api.call.QueryPlaces;
import dev.weir.api.call.Role;
import dev.weir.exchange.Response;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.kit.FixedCatalogReader;
import dev.weir.store.kit.ScriptedQueryRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QueryPlacesTest {

  private final QueryPlaces places = new QueryPlaces();

  @Test
  void aCallerHasThreeAndAllHaveFive() {
    List<QueryPlaces.Held> held = new ArrayList<>();
    for (int i = 0; i < QueryPlaces.CALLER_MAX; i++) {
      held.add(places.take(named(0), Duration.ZERO));
    }
    assertFull(named(0), "3 queries of yours run already");
    places.take(named(1), Duration.ZERO);
    places.take(named(1), Duration.ZERO);
    assertFull(named(9), "5 queries run already");
    held.getFirst().close();
    places.take(named(9), Duration.ZERO);
    assertFull(named(1), "5 queries run already");
  }

  @Test
  void aCallerHasNoMorePlacesByMoreSessions() {
    for (int i = 0; i < QueryPlaces.CALLER_MAX; i++) {
      places.take(session(i), Duration.ZERO);
    }
    assertFull(session(9), "3 queries of yours run already");
    places.take(named(1), Duration.ZERO);
  }

  @Test
  void whoWaitsGetsTheNextPlace() throws Exception {
    List<QueryPlaces.Held> held = new ArrayList<>();
    for (int i = 0; i < QueryPlaces.CALLER_MAX; i++) {
      held.add(places.take(named(0), Duration.ZERO));
    }
    FutureTask<QueryPlaces.Held> waiting =
        new FutureTask<>(() -> places.take(named(0), Duration.ofSeconds(30)));
    Thread.ofVirtual().start(waiting);
    held.getFirst().close();
    assertThat(waiting.get(30, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void theFourthQueryOfACallerIsToldToComeAgain() throws Exception {
    CountDownLatch running = new CountDownLatch(QueryPlaces.CALLER_MAX);
    CountDownLatch go = new CountDownLatch(1);
    ScriptedQueryRunner store = new ScriptedQueryRunner();
    for (int i = 0; i <= QueryPlaces.CALLER_MAX; i++) {
      store.answer("SELECT 1", AskedApi.texts("a"));
    }
    AskedApi api =
        new AskedApi(
            new Passing(
                store,
                _ -> {
                  running.countDown();
                  try {
                    assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
                  } catch (InterruptedException e) {
                    throw new StoreException(Kind.CANCELLED, "interrupted", e);
                  }
                }),
            FixedCatalogReader.of());
    List<FutureTask<Response>> asked = new ArrayList<>();
    for (int i = 0; i < QueryPlaces.CALLER_MAX; i++) {
      FutureTask<Response> one =
          new FutureTask<>(() -> api.post(named(0), "{\"sql\":\"SELECT 1\"}"));
      Thread.ofVirtual().start(one);
      asked.add(one);
    }
    assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
    Response oneMore = api.post(named(0), "{\"sql\":\"SELECT 1\"}");
    assertThat(oneMore.status()).isEqualTo(503);
    assertThat(oneMore.headers().first("Retry-After")).isPresent();
    go.countDown();
    for (FutureTask<Response> one : asked) {
      assertThat(one.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
    assertThat(api.post(named(0), "{\"sql\":\"SELECT 1\"}").status()).isEqualTo(200);
  }

  private void assertFull(Caller caller, String message) {
    assertThatThrownBy(() -> places.take(caller, Duration.ZERO))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(message)
        .extracting(failure -> ((StoreException) failure).kind())
        .isEqualTo(Kind.THROTTLED);
  }

  private static Caller session(int number) {
    return new Caller("caller0", Map.of("acme", Role.VIEWER), Optional.of("token" + number));
  }

  private static Caller named(int number) {
    return new Caller("caller" + number, Map.of("acme", Role.VIEWER));
  }
}
