// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What people see of a page that waits for its data, was refused them, has lost its server, or has
 * nothing to show: in a real browser, before a real Weir. Only what is in between is played.
 */
class ConsoleStatesIT {

  private static final String API = "**/api/v1/**";

  /** Longer than the slowest page waits until it asks again. */
  private static final String LONG = "01:05";

  /** Share of the window, times how far it moves: 0.1 is what people do not mind (web.dev, CLS). */
  private static final double SHIFT_MAX = 0.1;

  private static final String WATCH_SHIFTS =
      """
      () => {
        window.shifted = 0
        new PerformanceObserver((list) =>
          list.getEntries().forEach((each) => (window.shifted += each.value)),
        ).observe({ type: 'layout-shift' })
      }
      """;

  private static final String REFUSED =
      """
      {"status": 503, "title": "Unavailable", "kind": "unavailable",
       "detail": "The store is not there now; try again in a moment"}
      """;

  @TempDir private static Path folder;
  @AutoClose private static ConsoleBrowser browser;
  @AutoClose private static WeirProcess weir;
  @AutoClose private static WeirProcess empty;

  /** A page: what it shows once it has all, and where there is nothing. */
  enum Shown {
    OVERVIEW("", "The shop", "Nothing is watched yet"),
    SITE("#/sites/default/shop?range=1h", "Availability", "There is no such site"),
    EXPLORE(
        "#/explore", "What you ask is answered here.", "Examples appear with the first results"),
    CONNECTOR("#/connector", "prometheus.yml", "Nobody has written"),
    EDIT("#/sites/default/shop/edit", "Expectations", "There is no such site");

    private final String fragment;
    private final String full;
    private final String none;

    Shown(String fragment, String full, String none) {
      this.fragment = fragment;
      this.full = full;
      this.none = none;
    }

    private String picture(String state) {
      return name().toLowerCase(Locale.ROOT) + "-" + state;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    browser = ConsoleBrowser.start();
    weir = WeirProcess.start(Files.createDirectory(folder.resolve("full")));
    empty = WeirProcess.start(Files.createDirectory(folder.resolve("empty")));
    String site =
        """
        {"id": "shop", "name": "The shop", "endpoint": "http://%s/-/healthy", "interval": "10s"}
        """;
    weir.web().put("/api/v1/sites/default/shop", site.formatted(weir.web().address()));
    Patience.until(
        Duration.ofSeconds(60),
        () -> weir.web().get("/api/v1/overview").body(),
        () -> weir.web().get("/api/v1/overview?state=up").body().contains("\"shop\""));
  }

  @ParameterizedTest
  @EnumSource
  void showsThatItWaitsAndThenWhatCameWithoutAJump(Shown shown) {
    try (ConsoleBrowser.Person person = browser.person()) {
      List<Route> held = new CopyOnWriteArrayList<>();
      person.page.route(API, held::add);
      person.open(weir.web(), shown.fragment);
      assertThat(loading(person).first()).isVisible();
      person.pictures(shown.picture("loading"));

      person.page.evaluate(WATCH_SHIFTS);
      person.page.unroute(API);
      held.forEach(Route::resume);
      mustBeFull(person, shown);
      assertThat(loading(person)).hasCount(0);
      assertThat((Double) person.page.evaluate("Number(window.shifted) + 0.0000001"))
          .as("how far things that were there moved")
          .isLessThan(SHIFT_MAX);
      assertThat(person.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatWasRefusedAndComesBackWhenItIsAskedAgain(Shown shown) {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.page.route(
          API,
          route ->
              route.fulfill(
                  new Route.FulfillOptions()
                      .setStatus(503)
                      .setContentType("application/problem+json")
                      .setBody(REFUSED)));
      person.open(weir.web(), shown.fragment);
      assertThat(person.page.getByRole(AriaRole.ALERT)).containsText("The store is not there now");
      person.pictures(shown.picture("error"));

      person.page.unroute(API);
      person
          .page
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again"))
          .click();
      mustBeFull(person, shown);
      assertThat(person.page.getByRole(AriaRole.ALERT)).hasCount(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatItHasWhereWeirIsGoneAndSaysSo(Shown shown) {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.page.clock().install();
      // Without its stream the overview asks, as it does behind proxies that let none through.
      person.page.route("**/api/v1/changes*", Route::abort);
      person.open(weir.web(), shown.fragment);
      mustBeFull(person, shown);
      person.page.route(API, Route::abort);
      if (shown == Shown.EDIT) {
        person.page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Typed");
      }
      timePassesUntil(person, true);
      mustBeFull(person, shown);
      person.pictures(shown.picture("stale"));

      person.page.unroute(API);
      if (shown == Shown.EDIT) {
        person.page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("More");
      }
      timePassesUntil(person, false);
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatToDoWhereThereIsNothingYet(Shown shown) {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(empty.web(), shown.fragment);
      assertThat(person.page.locator("main").getByText(shown.none).first()).isVisible();
      assertThat(loading(person)).hasCount(0);
      person.pictures(shown.picture("empty"));
      assertThat(person.complaints()).isEmpty();
    }
  }

  /** Until the console has asked again, and says whether Weir is gone. */
  private static void timePassesUntil(ConsoleBrowser.Person person, boolean gone) {
    Patience.until(
        Duration.ofSeconds(30),
        () -> "the console says that Weir is gone: " + !gone,
        () -> {
          person.page.clock().fastForward(LONG);
          return person.page.getByText("Weir does not answer").count() > 0 == gone;
        });
  }

  private static Locator loading(ConsoleBrowser.Person person) {
    return person.page.locator("main").getByRole(AriaRole.PROGRESSBAR);
  }

  private static void mustBeFull(ConsoleBrowser.Person person, Shown shown) {
    assertThat(person.page.locator("main").getByText(shown.full).first()).isVisible();
  }
}
