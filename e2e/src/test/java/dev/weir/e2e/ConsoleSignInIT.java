// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People sign in at a real Weir, with a real browser. */
class ConsoleSignInIT {

  private static final String PASSWORD = "open sesame";
  private static final int COST = 6;

  @TempDir private static Path folder;
  @AutoClose private static ConsoleBrowser browser;
  @AutoClose private static WeirProcess weir;

  @BeforeAll
  static void start() throws IOException {
    browser = ConsoleBrowser.start();
    Path users = folder.resolve("users.yaml");
    Files.writeString(
        users,
        """
        users:
          ann:
            password: "%1$s"
            roles: {"*": admin}
          vic:
            password: "%1$s"
            roles: {acme: viewer}
        """
            .formatted(
                BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(COST, PASSWORD.toCharArray())));
    weir = WeirProcess.start(folder, "--auth=local", "--auth.users-file=" + users);
  }

  @Test
  void asksWhoItIsAndTakesNoWrongPassword() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(weir.web(), "");
      assertThat(person.page.getByRole(AriaRole.DIALOG)).containsText("Sign in");
      person.picture("sign-in");
      person.mustBeAccessible("sign-in");
      signIn(person, "ann", "wrong");
      assertThat(person.page.locator(".field-error")).isVisible();
      signIn(person, "ann", PASSWORD);
      assertThat(person.page.getByRole(AriaRole.DIALOG)).hasCount(0);
      assertThat(person.page.context().cookies())
          .anySatisfy(cookie -> {
            assertThat(cookie.name).isEqualTo("weir_session");
            assertThat(cookie.httpOnly).isTrue();
          });
    }
  }

  @Test
  void aViewerIsShownNothingToChange() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(weir.web(), "#/add");
      signIn(person, "vic", PASSWORD);
      assertThat(person.page.getByText("You may look, but not add")).isVisible();
    }
  }

  @Test
  void losesNothingThatWasTypedWhenTheSessionEnds() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(weir.web(), "#/add");
      signIn(person, "ann", PASSWORD);
      Locator endpoint =
          person.page.getByLabel("Endpoint", new Page.GetByLabelOptions().setExact(true));
      endpoint.fill("http://127.0.0.1:1/");
      person.page.context().clearCookies();
      person.page.getByLabel("Id", new Page.GetByLabelOptions().setExact(true)).fill("kept");
      assertThat(person.page.getByRole(AriaRole.DIALOG)).containsText("Sign in");
      signIn(person, "ann", PASSWORD);
      assertThat(person.page.getByRole(AriaRole.DIALOG)).hasCount(0);
      assertThat(endpoint).hasValue("http://127.0.0.1:1/");
      person
          .page
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add the site"))
          .click();
      assertThat(
              person.page.getByRole(
                  AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check now")))
          .isVisible();
    }
  }

  private static void signIn(ConsoleBrowser.Person person, String user, String password) {
    Locator dialog = person.page.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Name").fill(user);
    dialog.getByLabel("Password").fill(password);
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign in")).click();
  }
}
