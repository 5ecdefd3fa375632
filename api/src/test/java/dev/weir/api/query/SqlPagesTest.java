// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import static dev.weir.api.query.AskedApi.body;
import static dev.weir.api.query.AskedApi.next;
import static dev.weir.api.query.AskedApi.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.api.openapi.OpenApiAnswers;
import dev.weir.exchange.Response;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.kit.FixedCatalogReader;
import dev.weir.store.kit.ScriptedQueryRunner;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Over a store that names queries itself and has pages of its own size, as Amazon's does. */
class SqlPagesTest {

  private static final Caller CALLER = Caller.operator();

  private final ScriptedQueryRunner store = new ScriptedQueryRunner();
  private final AskedApi api = new AskedApi(store, FixedCatalogReader.of());

  @Test
  void fillsAPageFromSmallAndEmptyOnes() {
    store.answer("SELECT 1", texts("a"), texts(), texts("b", "c"), texts("d"));
    String first = page("{\"sql\":\"SELECT 1\",\"limit\":3}");
    assertThat(first).contains("\"rows\":[[\"a\"],[\"b\"],[\"c\"]]");
    String last = page("{\"sql\":\"SELECT 1\",\"limit\":3,\"next\":\"" + next(first) + "\"}");
    assertThat(last).contains("\"rows\":[[\"d\"]],\"next\":null");
  }

  @Test
  void goesOnInsideOfAPageOfTheStore() {
    store.answer("SELECT 1", texts("a", "b", "c", "d", "e"));
    String first = page("{\"sql\":\"SELECT 1\",\"limit\":2}");
    String second = page("{\"sql\":\"SELECT 1\",\"limit\":1,\"next\":\"" + next(first) + "\"}");
    assertThat(second).contains("\"rows\":[[\"c\"]]");
    String last = page("{\"sql\":\"SELECT 1\",\"next\":\"" + next(second) + "\"}");
    assertThat(last).contains("\"rows\":[[\"d\"],[\"e\"]],\"next\":null");
  }

  @Test
  void keepsAnAnswerBelowItsSizeAndLosesNoRow() {
    String[] rows = new String[30];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = "%02d".formatted(i) + "\u0001".repeat(100_000); // six bytes each in JSON
    }
    store.answer("SELECT 1", texts(rows));
    List<String> seen = new ArrayList<>();
    String next = "";
    int pages = 0;
    do {
      String more = next.isEmpty() ? "" : ",\"next\":\"" + next + "\"";
      String page = body(api.post(CALLER, "{\"sql\":\"SELECT 1\"" + more + "}"));
      assertThat(page.length()).isLessThanOrEqualTo(JsonPage.BYTES_MAX);
      Pattern.compile("\\[\"(\\d\\d)").matcher(page).results().forEach(m -> seen.add(m.group(1)));
      next = next(page);
      pages++;
    } while (!next.isEmpty());
    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(30).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void refusesADeclaredLengthBeforeAnyOfTheBodyCame() {
    assertThat(api.declared(CALLER, SqlCall.BODY_BYTES_MAX + 1).status()).isEqualTo(413);
  }

  @Test
  void refusesARowThatNoPageCanHave() {
    store.answer("SELECT 1", texts("x".repeat(JsonPage.BYTES_MAX)), texts("y"));
    Response answer = api.post(CALLER, "{\"sql\":\"SELECT 1\",\"id\":\"wide\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(body(answer)).contains("select fewer or shorter columns");
    assertThat(store.cancelled()).contains("query1");
    assertThat(show("wide", CALLER).status()).isEqualTo(404);
  }

  @Test
  void cutsCsvThatFailsOnItsWayAndForgetsIt() {
    store.answer("SELECT 1", texts("a"), texts("b"));
    Response answer =
        api.response("POST", "/sql", CALLER, "{\"sql\":\"SELECT 1\",\"id\":\"c\"}", "text/csv");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(api.response("DELETE", "/sql/c", CALLER, "", "").status()).isEqualTo(204);
    assertThatThrownBy(() -> body(answer)).isInstanceOf(StoreException.class);
    assertThat(store.cancelled()).contains("query1");
  }

  @Test
  void forgetsWhatNobodyAsksForAndTheOldestOfTooMany() {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i <= OpenQueries.CALLER_MAX; i++) {
      store.answer("SELECT " + i, texts("a", "b"));
      bodies.add(page("{\"sql\":\"SELECT " + i + "\",\"limit\":1,\"id\":\"q" + i + "\"}"));
      api.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(show("q0", CALLER).status()).isEqualTo(404);
    assertThat(show("q1", CALLER).status()).isEqualTo(200);

    Caller other = new Caller("other", Map.of("acme", Role.VIEWER));
    store.answer("SELECT 1", texts("a", "b"));
    assertThat(api.post(other, "{\"sql\":\"SELECT 1\",\"limit\":1}").status()).isEqualTo(200);
    assertThat(show("q1", CALLER).status()).as("others take nobody's place").isEqualTo(200);

    api.clock.advance(OpenQueries.AGE_MAX);
    assertThat(show("q8", CALLER).status()).isEqualTo(404);
    String next = "\",\"next\":\"" + next(bodies.get(8)) + "\"}";
    assertThat(api.post(CALLER, "{\"sql\":\"SELECT 8" + next).status()).isEqualTo(404);
  }

  @Test
  void aCallerHasNoMoreResultsByMoreSessions() {
    for (int i = 0; i <= OpenQueries.CALLER_MAX; i++) {
      store.answer("SELECT 1", texts("a", "b"));
      api.post(session(i), "{\"sql\":\"SELECT 1\",\"limit\":1,\"id\":\"q\"}");
      api.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(show("q", session(0)).status()).isEqualTo(404);
    assertThat(show("q", session(1)).status()).isEqualTo(200);
  }

  @Test
  void dropsNoCsvBetweenItsPages() throws Exception {
    store.answer("SELECT 1", texts("a"), texts("b"));
    String asked = "{\"sql\":\"SELECT 1\",\"id\":\"csv\"}";
    Response csv = api.response("POST", "/sql", CALLER, asked, "text/csv");
    OutputStream reader =
        new OutputStream() {
          @Override
          public void write(int ignored) {
            throw new AssertionError("rows come together");
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            api.clock.advance(OpenQueries.AGE_MAX.plusSeconds(1));
            for (int i = 0; i <= OpenQueries.CALLER_MAX; i++) {
              // Its rows are a page that the API makes itself: the script keeps the CSV's.
              api.post(CALLER, "{\"sql\":\"SHOW DATABASES\",\"limit\":1}");
            }
            assertThat(body(show("csv", CALLER))).contains("\"running\":true");
          }
        };
    csv.body().writeTo(reader);
    assertThat(show("csv", CALLER).status()).as("told to its end").isEqualTo(404);
  }

  @Test
  void sendsNoMoreCsvAtOnceThanACallerMayHave() throws Exception {
    Deque<Response> waiting = new ArrayDeque<>();
    int[] refused = {0};
    OutputStream reader =
        new OutputStream() {
          @Override
          public void write(int ignored) {
            throw new AssertionError("rows come together");
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            store.answer("SELECT 1", texts("a"));
            Response another =
                api.response("POST", "/sql", CALLER, "{\"sql\":\"SELECT 1\"}", "text/csv");
            if (another.status() == 503) {
              refused[0]++;
            } else {
              waiting.add(another);
              another.body().writeTo(this);
            }
          }
        };
    store.answer("SELECT 1", texts("a"));
    Response first = api.response("POST", "/sql", CALLER, "{\"sql\":\"SELECT 1\"}", "text/csv");
    first.body().writeTo(reader);
    assertThat(waiting).hasSize(OpenQueries.CALLER_MAX - 1);
    assertThat(refused[0]).isEqualTo(1);
  }

  @Test
  void takesAnIdAgainWhenNothingIsLeftOfItsQuery() {
    String asked = "{\"sql\":\"SELECT 1\",\"id\":\"mine\",\"limit\":1";
    store.answer("SELECT 1", texts("a", "b"));
    String first = page(asked + "}");
    assertThat(api.post(CALLER, asked + "}").status()).as("a page is left").isEqualTo(409);
    String last = asked + ",\"next\":\"" + next(first) + "\"}";
    assertThat(page(last)).contains("[[\"b\"]],\"next\":null");
    assertThat(page(last)).as("an answer can get lost").contains("[[\"b\"]],\"next\":null");

    store.answer("SELECT 1", texts("c", "d"));
    assertThat(page(asked + "}")).contains("[[\"c\"]]");
    assertThat(api.post(CALLER, last).status()).as("of the query before").isEqualTo(404);

    api.clock.advance(OpenQueries.AGE_MAX.plusSeconds(1));
    store.answer("SELECT 1", texts("e"));
    assertThat(page(asked + "}")).as("nobody asked for the rest").contains("[[\"e\"]]");
  }

  @Test
  void holdsAllCallersTogetherToALimit() {
    for (int caller = 0; caller < OpenQueries.ALL_MAX; caller++) {
      store.answer("SELECT 1", texts("a", "b"));
      api.post(named(caller), "{\"sql\":\"SELECT 1\",\"limit\":1,\"id\":\"q\"}");
      api.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(show("q", named(0)).status()).isEqualTo(200);
    store.answer("SELECT 1", texts("a", "b"));
    api.post(CALLER, "{\"sql\":\"SELECT 1\",\"limit\":1}");
    assertThat(show("q", named(0)).status()).isEqualTo(404);
    assertThat(show("q", named(1)).status()).isEqualTo(200);
  }

  @Test
  void saysThatTheRestIsGoneWhereTheStoreHasItNoLonger() {
    store.answer("SELECT 1", texts("a"), texts("b"));
    String first = page("{\"sql\":\"SELECT 1\",\"limit\":1}");
    store.answer("SELECT 2", texts("a"));
    page("{\"sql\":\"SELECT 2\"}"); // the script holds one result
    Response answer = api.post(CALLER, "{\"sql\":\"SELECT 1\",\"next\":\"" + next(first) + "\"}");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(body(answer)).contains("run the query again");
  }

  @Test
  void answersWithTheRowsThatItHasWhenTheStoreFailsOnTheWay() {
    store.answer("SELECT 1", texts("a"), texts("b"));
    ScriptedQueryRunner inner = store;
    boolean[] failing = {true};
    AskedApi throttled =
        new AskedApi(
            new Passing(
                inner,
                request -> {
                  if (request.resumeToken() != null && failing[0]) {
                    throw new StoreException(Kind.THROTTLED, "slow down");
                  }
                }),
            FixedCatalogReader.of());
    String first = body(throttled.post(CALLER, "{\"sql\":\"SELECT 1\"}"));
    assertThat(first).contains("\"rows\":[[\"a\"]],\"next\":\"");
    String more = "{\"sql\":\"SELECT 1\",\"next\":\"" + next(first) + "\"}";
    Response busy = throttled.post(CALLER, more);
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.headers().first("Retry-After")).isPresent();
    failing[0] = false;
    assertThat(body(throttled.post(CALLER, more))).contains("\"rows\":[[\"b\"]],\"next\":null");
  }

  private static Caller session(int number) {
    return new Caller("ann", Map.of("acme", Role.VIEWER), Optional.of("token" + number));
  }

  private static Caller named(int number) {
    return new Caller("caller" + number, Map.of("acme", Role.VIEWER));
  }

  private String page(String asked) {
    return OpenApiAnswers.check("runSql", api.post(CALLER, asked));
  }

  private Response show(String id, Caller caller) {
    Response answer = api.response("GET", "/sql/" + id, caller, "", "");
    OpenApiAnswers.check("showSql", answer);
    return answer;
  }
}
