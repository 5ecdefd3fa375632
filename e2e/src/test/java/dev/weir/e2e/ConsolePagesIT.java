// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page of the console in a real browser, before a real {@code weir demo}. */
class ConsolePagesIT {

  @TempDir private static Path folder;
  @AutoClose private static ConsoleBrowser browser;
  @AutoClose private static DemoProcess demo;

  /** A page: where it is, and what it shows once it has all. */
  private record Shown(String name, String fragment, String text) {}

  private static final List<Shown> PAGES =
      List.of(
          new Shown("overview", "", "Shop front"),
          new Shown("site", "#/sites/default/search?range=24h", "Availability"),
          new Shown("site-down", "#/sites/default/expired?range=1h", "Incidents"),
          new Shown("add", "#/add", "Add a site"),
          new Shown("edit", "#/sites/default/checkout/edit", "Expectations"),
          new Shown("import", "#/import", "Import sites"),
          new Shown("explore", "#/explore", "What you ask is answered here."),
          new Shown("connector", "#/connector", "prometheus.yml"));

  @BeforeAll
  static void start() {
    browser = ConsoleBrowser.start();
    demo = DemoProcess.start(folder);
    // Until every site has been checked a few times.
    Patience.until(
        Duration.ofSeconds(60),
        demo::output,
        () -> demo.web().get("/api/v1/overview?state=down").body().contains("\"silent\""));
  }

  @ParameterizedTest
  @EnumSource
  void everyPageIsThereForEverybody(ConsoleBrowser.Form form) {
    for (Shown shown : PAGES) {
      try (ConsoleBrowser.Person person = browser.person(form)) {
        String name = shown.name() + "-" + form.word();
        person.open(demo.web(), shown.fragment());
        assertThat(person.page.locator("main").getByText(shown.text()).first()).isVisible();
        assertThat(person.page.locator("main [aria-label='Loading']")).hasCount(0);
        person.picture(name);
        person.mustBeAccessible(name);
        assertThat(person.complaints()).as(name).isEmpty();
        assertThat(person.callsBeside(demo.web())).as(name).isEmpty();
        person.mustFitTheWindow(name);
      }
    }
  }

  @Test
  void theOverviewShowsWhatIsWrongFirstAndKeepsUpByItself() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(demo.web(), "");
      Locator rows = person.page.getByRole(AriaRole.ROW);
      assertThat(rows.filter(with("Expired certificate"))).containsText("Down");
      assertThat(rows.filter(with("Image server"))).containsText("Up");

      String paused =
          """
          {"id": "images", "endpoint": "http://127.0.0.1:1/", "name": "Image server", "enabled": false}
          """;
      demo.web().put("/api/v1/sites/default/images", paused);

      assertThat(rows.filter(with("Image server"))).containsText("Paused");
    }
  }

  @Test
  void whatIsSoughtStandsInTheAddress() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(demo.web(), "");
      person.page.getByLabel("Search name, address, group or error").fill("wiki");
      assertThat(person.page).hasURL(Pattern.compile(".*wiki.*"));
      assertThat(person.page.getByText("Shop front")).hasCount(0);

      person.page.reload();
      assertThat(person.page.getByText("Wiki, whose certificate ends soon").first()).isVisible();
      assertThat(person.page.getByText("Shop front")).hasCount(0);
    }
  }

  @Test
  void checksASiteNowAndShowsWhereTheTimeWent() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(demo.web(), "#/sites/default/moved");
      person.page.getByRole(AriaRole.BUTTON, named("Check now")).click();
      Locator panel = person.page.locator("section").filter(with("Check again"));
      assertThat(panel).containsText("/moved/2");
      person.picture("site-check-now");
    }
  }

  @Test
  void answersSqlAsATableAndSaysWhereItIsWrong() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(demo.web(), "#/explore");
      Locator sql = person.page.getByLabel("SQL", new Page.GetByLabelOptions().setExact(true));
      sql.fill(
          "SELECT \"siteId\", count(*) AS runs FROM \"CPTMonitoring\".\"WebsiteMonitoringData\""
              + " WHERE time > ago(2h) GROUP BY \"siteId\" ORDER BY 1");
      person.page.getByRole(AriaRole.BUTTON, named("Run")).click();
      assertThat(person.page.getByLabel("Rows of the result")).containsText("checkout");
      person.picture("explore-result");

      sql.fill("SELECT nothing FROM nowhere.at_all");
      sql.press("Control+Enter");
      assertThat(person.page.getByText("Go to line 1")).isVisible();
      person.picture("explore-wrong");
    }
  }

  @Test
  void showsWhatToPutIntoPrometheus() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(demo.web(), "#/connector");
      assertThat(person.page.getByLabel("prometheus.yml"))
          .containsText("http://" + demo.web().address() + "/api/v1/write");
    }
  }

  @Test
  void saysThatWeirIsGoneAndComesBackByItself() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(demo.web(), "");
      assertThat(person.page.getByText("Shop front").first()).isVisible();
      demo.kill();
      assertThat(person.page.getByText("Weir does not answer").first())
          .isVisible(
              new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
                  .setTimeout(90_000));
      assertThat(person.page.getByText("Shop front").first()).isVisible();
      person.picture("overview-stale");

      demo.restart();
      assertThat(person.page.getByText("Weir does not answer"))
          .hasCount(
              0,
              new com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions()
                  .setTimeout(60_000));
    }
  }

  private static Locator.FilterOptions with(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
