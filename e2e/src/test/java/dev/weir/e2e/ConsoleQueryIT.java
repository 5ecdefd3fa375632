// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long queries in a real browser: they end with the page that waits for them. */
class ConsoleQueryIT {

  /** A million million rows, of which none is wanted. */
  private static final String LONG =
      "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x)"
          + " CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y)"
          + " CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) WHERE x * y + z = -1";

  @TempDir private static Path folder;
  @AutoClose private static ConsoleBrowser browser;
  @AutoClose private static WeirProcess weir;

  @BeforeAll
  static void start() {
    browser = ConsoleBrowser.start();
    weir = WeirProcess.start(folder);
  }

  @Test
  void aQueryEndsWhenItsPageIsLoadedAnewAndLeavesItsTextThere() {
    try (ConsoleBrowser.Person person = browser.person()) {
      String query = started(person);
      person.page.reload();
      mustEnd(query);
      assertThat(sql(person)).hasValue(LONG);
      assertThat(button(person, "Run")).isEnabled();
    }
  }

  @Test
  void aQueryEndsWhenItsTabIsClosed() {
    try (ConsoleBrowser.Person person = browser.person()) {
      String query = started(person);
      person.page.close();
      mustEnd(query);
    }
  }

  /** Runs it, and waits until the server works at it. */
  private static String started(ConsoleBrowser.Person person) {
    person.open(weir.web(), "#/explore");
    sql(person).fill(LONG);
    Request asked =
        person.page.waitForRequest(
            request -> request.url().endsWith("/api/v1/sql") && request.method().equals("POST"),
            () -> button(person, "Run").click());
    String query = asked.postData().replaceFirst(".*\"id\":\"([0-9a-f]+)\".*", "$1");
    Patience.until(
        Duration.ofSeconds(20),
        () -> status(query),
        () -> status(query).contains("\"running\":true"));
    return query;
  }

  private static void mustEnd(String query) {
    Patience.until(
        Duration.ofSeconds(20), () -> status(query), () -> status(query).startsWith("404"));
  }

  private static String status(String query) {
    HttpResponse<String> answer = weir.web().get("/api/v1/sql/" + query);
    return answer.statusCode() + " " + answer.body();
  }

  private static Locator sql(ConsoleBrowser.Person person) {
    return person.page.getByLabel("SQL", new Page.GetByLabelOptions().setExact(true));
  }

  private static Locator button(ConsoleBrowser.Person person, String name) {
    return person.page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
