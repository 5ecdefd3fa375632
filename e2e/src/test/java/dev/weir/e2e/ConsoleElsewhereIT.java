// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's files lie on another server than the API, as a bucket has them. */
class ConsoleElsewhereIT {

  private static final String PASSWORD = "open sesame";
  private static final int COST = 6;

  @TempDir private static Path folder;
  @AutoClose private static ConsoleBrowser browser;
  private static TestAuthority authority;

  @BeforeAll
  static void start() {
    browser = ConsoleBrowser.start();
    authority = new TestAuthority(folder);
    authority.issue("server", List.of("localhost"));
  }

  @Test
  void peopleSignInAndChangeSitesFromTheOriginThatIsNamed() throws IOException {
    Path users = folder.resolve("users.yaml");
    Files.writeString(
        users,
        """
        users:
          ann:
            password: "%s"
            roles: {"*": admin}
        """
            .formatted(
                BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(COST, PASSWORD.toCharArray())));
    try (Bucket bucket = Bucket.over(authority.serving("server"));
        WeirProcess weir =
            WeirProcess.start(
                Files.createDirectory(folder.resolve("local")),
                "--console.origin=" + bucket.origin(),
                "--auth=local",
                "--auth.users-file=" + users,
                "--doors=console",
                "--tls-certificate=" + authority.chainFile("server"),
                "--tls-key=" + authority.keyFile("server"));
        ConsoleBrowser.Person person = browser.person()) {
      bucket.put("https://localhost:" + weir.web().port());
      // The slowest file of all: nobody may be asked before it says where the API is.
      List<Route> config = new ArrayList<>();
      person.page.route("**/config.json", config::add);
      person.page.navigate(bucket.origin() + "/");
      assertThat(person.page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
      person.page.unroute("**/config.json");
      config.forEach(Route::resume);
      signIn(person);
      assertThat(person.page.getByLabel("Address of the site")).isVisible();
      assertThat(person.page.context().cookies("https://localhost:" + weir.web().port()))
          .anySatisfy(cookie -> {
            assertThat(cookie.name).isEqualTo("weir_session");
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.secure).isTrue();
          });

      person.page.navigate(bucket.origin() + "/#/add");
      person.page.getByLabel("Endpoint", exactly()).fill("http://127.0.0.1:1/");
      person.page.getByLabel("Id", exactly()).fill("far");
      click(person, "Add the site");
      assertThat(person.page).hasURL(Pattern.compile(".*#/sites/default/far.*"));
      person.page.navigate(bucket.origin() + "/#/");
      assertThat(person.page.locator("main").getByText("http://127.0.0.1:1/").first()).isVisible();
      assertThat(person.page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
          .isVisible();
      person.picture("elsewhere");

      click(person, "Sign out");
      assertThat(person.page.getByRole(AriaRole.DIALOG)).containsText("Sign in");
      assertThat(person.complaints()).isEmpty();
      assertThat(bucket.asked()).noneMatch(path -> path.startsWith("/api"));
    }
  }

  @Test
  void anOriginThatIsNotNamedGetsNothing() throws IOException {
    try (Bucket named = Bucket.plain();
        Bucket stranger = Bucket.plain();
        WeirProcess weir =
            WeirProcess.start(
                Files.createDirectory(folder.resolve("none")),
                "--console.origin=" + named.origin())) {
      String api = "http://" + weir.web().address();
      named.put(api);
      stranger.put(api);
      try (ConsoleBrowser.Person person = browser.person()) {
        person.page.navigate(named.origin() + "/");
        assertThat(person.page.getByLabel("Address of the site")).isVisible();
        assertThat(person.page.evaluate(STATUS, api + "/api/v1/sites")).isEqualTo("200");
      }
      try (ConsoleBrowser.Person person = browser.person()) {
        person.page.navigate(stranger.origin() + "/");
        assertThat(person.page.getByText("Weir does not answer").first()).isVisible();
        assertThat(person.page.getByLabel("Address of the site")).hasCount(0);
        assertThat(person.page.evaluate(STATUS, api + "/api/v1/sites")).isEqualTo("nothing");
        assertThat(person.page.evaluate(STATUS, api + "/api/v1/openapi.json")).isEqualTo("nothing");
      }
    }
  }

  /** What a page's script may know of an answer. */
  private static final String STATUS =
      "url => fetch(url, {credentials: 'include'}).then(a => String(a.status), () => 'nothing')";

  private static void signIn(ConsoleBrowser.Person person) {
    Locator dialog = person.page.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Name").fill("ann");
    dialog.getByLabel("Password").fill(PASSWORD);
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign in")).click();
    assertThat(dialog).hasCount(0);
  }

  private static void click(ConsoleBrowser.Person person, String button) {
    person.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
