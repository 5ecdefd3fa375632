// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Lists of a caller who sees some customers, among sites of others. */
class SitesOfOthersTest {

  private static final Caller CALLER =
      new Caller("ann", Map.of("a", Role.VIEWER, "c", Role.VIEWER));

  private final SiteBook book = new SiteBook(new MemoryDocuments(), "local");
  private final Api api =
      new Api(
          new SitesApi(
                  book,
                  site ->
                      site.key().id().equals("up") ? SiteStates.State.UP : SiteStates.State.DOWN,
                  "local",
                  new ManualClock(Instant.parse("2026-03-10T12:00:00Z")))
              .operations());

  @Test
  void leapsOverAsManyOfOthersAsThereAre() throws IOException {
    add("a", "s0000");
    add("b", names(SiteList.LOOKED_AT_MAX));
    add("c", "up");
    add("d", "s0000", "s0001");
    String page = list("state=up&limit=1000");
    assertThat(page).contains("\"id\":\"up\"").endsWith("\"next\":null}\n");
  }

  @Test
  void endsAPageAtASiteThatTheCallerSees() throws IOException {
    add("a", names(SiteList.LOOKED_AT_MAX - 500));
    add("b", names(1_000));
    add("c", names(1_500));
    add("c-d", "s0000");
    add("c", "up");
    String first = list("state=up&limit=1000");
    assertThat(first).contains("\"items\":[]");
    String next = next(first);
    assertThat(next).startsWith("c/");
    assertThat(list("state=up&limit=1000&after=" + next.replace("/", "%2F")))
        .contains("\"id\":\"up\"")
        .endsWith("\"next\":null}\n");
  }

  @Test
  void listsAllOfTheCallersAndNoneOfOthersInPagesOfAnySize() throws IOException {
    for (String customer : List.of("a", "a-b", "a0", "b", "c", "c.d", "c0", "d")) {
      add(customer, "one", "two", "up");
    }
    for (int limit = 1; limit <= 7; limit++) {
      List<String> found = new ArrayList<>();
      String query = "limit=" + limit;
      while (true) {
        String page = list(query);
        Matcher each = Pattern.compile("\"id\":\"(\\w+)\",\"customer\":\"([^\"]+)\"").matcher(page);
        each.results().forEach(match -> found.add(match.group(2) + "/" + match.group(1)));
        if (page.contains("\"next\":null")) {
          break;
        }
        assertThat(next(page)).matches("[ac]/.*");
        query = "limit=" + limit + "&after=" + next(page).replace("/", "%2F");
      }
      assertThat(found).containsExactly("a/one", "a/two", "a/up", "c/one", "c/two", "c/up");
    }
  }

  private static String[] names(int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = "s%05d".formatted(i);
    }
    return names;
  }

  private void add(String customer, String... ids) {
    StringBuilder text = new StringBuilder("sites:\n");
    for (String id : ids) {
      text.append(
          "  - {id: %s, customer: %s, endpoint: 'https://s.example/'}%n".formatted(id, customer));
    }
    List<Site> sites =
        switch (new SiteReader("local").read("test", text.toString())) {
          case SiteReader.Reading.Sites read -> read.sites();
          case SiteReader.Reading.Refused refused -> throw new AssertionError(refused);
        };
    book.apply(book.plan(null, sites, false));
  }

  private String list(String query) throws IOException {
    Response answer =
        api.handle(
            new Request(
                "GET", SitesApi.PATH, query, Headers.empty(), 0, InputStream.nullInputStream()),
            CALLER);
    assertThat(answer.status()).isEqualTo(200);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    answer.body().writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String next(String page) {
    Matcher matcher = Pattern.compile("\"next\":\"([^\"]+)\"").matcher(page);
    return matcher.find() ? matcher.group(1) : "";
  }
}
