// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sites are made, changed and taken away in a real browser, before a real Weir that was empty. */
class ConsoleEditingIT {

  @TempDir private static Path folder;
  @AutoClose private static ConsoleBrowser browser;
  @AutoClose private static WeirProcess weir;

  @BeforeAll
  static void start() {
    browser = ConsoleBrowser.start();
    weir = WeirProcess.start(folder);
  }

  @Test
  void leadsFromNothingToAWatchedSite() throws IOException {
    Path other = Files.createDirectories(folder.resolve("empty"));
    try (WeirProcess empty = WeirProcess.start(other);
        ConsoleBrowser.Person person = browser.person()) {
      person.open(empty.web(), "");
      Locator address = person.page.getByLabel("Address of the site");
      assertThat(address).isVisible();
      person.picture("welcome");
      person.mustBeAccessible("welcome");

      address.fill("http://" + empty.web().address() + "/-/healthy");
      click(person, "Check it now");
      click(person, "Watch this site");
      assertThat(person.page).hasURL(Pattern.compile(".*#/sites/default/.*"));
      assertThat(person.page.getByRole(AriaRole.BUTTON, named("Check now"))).isVisible();
      assertThat(person.complaints()).isEmpty();
    }
  }

  @Test
  void addsASiteAfterTryingIt() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(weir.web(), "#/add");
      person
          .page
          .getByLabel("Endpoint", exactly())
          .fill("http://" + weir.web().address() + "/-/ready");
      person.page.getByLabel("Id", exactly()).fill("ready");
      person.page.getByLabel("Name", exactly()).first().fill("<b onclick=alert(1)>Ready</b>");
      click(person, "Try it");
      assertThat(person.page.getByText("200").first()).isVisible();
      person.picture("add-tried");
      click(person, "Add the site");

      assertThat(person.page).hasURL(Pattern.compile(".*#/sites/default/ready.*"));
      assertThat(person.page.getByRole(AriaRole.HEADING).first())
          .hasText("<b onclick=alert(1)>Ready</b>");
      assertThat(person.complaints()).isEmpty();
    }
    assertThat(weir.web().get("/api/v1/sites/default/ready").body()).contains("\"version\":1");
  }

  @Test
  void saysWhatIsWrongWhileItIsTyped() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(weir.web(), "#/add");
      person.page.getByLabel("Endpoint", exactly()).fill("quic://a");
      assertThat(person.page.locator(".field-error").first()).isVisible();
      person.picture("add-wrong");
    }
  }

  @Test
  void showsTheSecondOfTwoEditorsWhatTheFirstDid() {
    String site = "/api/v1/sites/default/shared";
    weir.web()
        .put(site, "{\"id\":\"shared\",\"endpoint\":\"http://127.0.0.1:1/\",\"interval\":\"1h\"}");
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(weir.web(), "#/sites/default/shared/edit");
      Locator name = person.page.getByLabel("Name", exactly()).first();
      name.fill("Mine");
      weir.web()
          .put(
              site, "{\"id\":\"shared\",\"endpoint\":\"http://127.0.0.1:1/\",\"interval\":\"2h\"}");
      click(person, "Save");

      assertThat(person.page.getByText("Somebody else has changed this site")).isVisible();
      person.picture("edit-conflict");
      person.mustBeAccessible("edit-conflict");
      assertThat(weir.web().get(site).body())
          .contains("\"interval_s\":7200")
          .doesNotContain("Mine");
    }
  }

  @Test
  void importsAFileByAPlan() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(weir.web(), "#/import");
      person
          .page
          .locator("textarea")
          .fill("sites:\n  - {id: imported, endpoint: 'http://127.0.0.1:1/', interval: 1h}\n");
      click(person, "Show what would change");
      assertThat(person.page.getByText("To add").first()).isVisible();
      person.picture("import-plan");
      click(person, "Apply");
      assertThat(person.page.getByText("Done.").first()).isVisible();
    }
    assertThat(weir.web().get("/api/v1/sites/default/imported").statusCode()).isEqualTo(200);
  }

  @Test
  void deletesASiteOnlyWhenItIsToldTwice() {
    String site = "/api/v1/sites/default/doomed";
    weir.web()
        .put(site, "{\"id\":\"doomed\",\"endpoint\":\"http://127.0.0.1:1/\",\"interval\":\"1h\"}");
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(weir.web(), "#/sites/default/doomed");
      click(person, "Delete");
      assertThat(person.page.getByRole(AriaRole.DIALOG)).containsText("doomed");
      person.picture("site-delete");
      assertThat(weir.web().get(site).statusCode()).isEqualTo(200);
      person
          .page
          .getByRole(AriaRole.DIALOG)
          .getByRole(AriaRole.BUTTON)
          .filter(new Locator.FilterOptions().setHasText("Delete"))
          .click();
      assertThat(person.page).not().hasURL(Pattern.compile(".*doomed.*"));
    }
    assertThat(weir.web().get(site).statusCode()).isEqualTo(404);
  }

  private static void click(ConsoleBrowser.Person person, String button) {
    person.page.getByRole(AriaRole.BUTTON, named(button).setExact(true)).first().click();
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
