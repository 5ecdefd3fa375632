// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console without a pointer, in a real browser before a real Weir. */
class ConsoleKeyboardIT {

  /** No page has more places to stop at before its lists begin to repeat themselves. */
  private static final int STOPS_MAX = 60;

  /**
   * Where the keyboard is, and whether that can be seen: a ring of its own, or of what it is in.
   */
  private static final String STOP =
      """
      () => {
        const at = document.activeElement
        if (at === null || at === document.body) return null
        const ringed = (one) => one !== null && one !== document.body &&
          (getComputedStyle(one).outlineStyle !== 'none' || ringed(one.parentElement))
        const box = at.getBoundingClientRect()
        const seen = box.width > 0 && box.height > 0
        return [at.tagName + ' ' + (at.getAttribute('aria-label') ?? at.textContent).slice(0, 40),
          ringed(at) && seen, at.closest('dialog') !== null]
      }
      """;

  @TempDir private static Path folder;
  @AutoClose private static ConsoleBrowser browser;
  @AutoClose private static WeirProcess weir;

  @BeforeAll
  static void start() {
    browser = ConsoleBrowser.start();
    weir = WeirProcess.start(folder);
    String site =
        "{\"id\": \"shop\", \"endpoint\": \"http://%s/-/healthy\", \"interval\": \"10s\"}";
    weir.web().put("/api/v1/sites/default/shop", site.formatted(weir.web().address()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#/sites/default/shop",
        "#/sites/default/shop/edit",
        "#/add",
        "#/import",
        "#/explore",
        "#/connector"
      })
  void everyPlaceToStopAtIsSeenAndNoneHoldsTheKeyboard(String fragment) {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(weir.web(), fragment);
      assertThat(person.page.locator("main h1").first()).isAttached();
      assertThat(person.page.getByRole(AriaRole.PROGRESSBAR)).hasCount(0);
      List<Object> stops = new ArrayList<>();
      for (int stop = 0; stop < STOPS_MAX; stop++) {
        person.page.keyboard().press("Tab");
        if (person.page.evaluate(STOP) instanceof List<?> at) {
          assertThat(at.get(1)).as("%s after %s", at.get(0), stops).isEqualTo(true);
          stops.add(at.get(0));
        } else {
          break;
        }
        // Its tab key writes spaces; Escape lets it go, as the field says.
        if (String.valueOf(stops.getLast()).startsWith("TEXTAREA")) {
          person.page.keyboard().press("Escape");
        }
      }
      assertThat(stops).hasSizeBetween(6, STOPS_MAX - 1);
      assertThat(stops.getFirst()).asString().contains("Skip to the page");
    }
  }

  @Test
  void aDialogKeepsTheKeyboardAndGivesItBack() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(weir.web(), "#/sites/default/shop");
      Locator delete = button(person, "Delete");
      delete.focus();
      person.page.keyboard().press("Enter");
      assertThat(person.page.getByRole(AriaRole.DIALOG)).isVisible();
      for (int stop = 0; stop < 6; stop++) {
        if (person.page.evaluate(STOP) instanceof List<?> at) {
          assertThat(at.get(2)).as(String.valueOf(at.get(0))).isEqualTo(true);
        }
        person.page.keyboard().press("Tab");
      }
      person.page.keyboard().press("Escape");
      assertThat(person.page.getByRole(AriaRole.DIALOG)).hasCount(0);
      assertThat(delete).isFocused();

      person.page.keyboard().press("Enter");
      button(person, "Keep it").focus();
      person.page.keyboard().press("Enter");
      assertThat(person.page.getByRole(AriaRole.DIALOG)).hasCount(0);
      assertThat(delete).isFocused();
    }
  }

  @Test
  void whoeverFollowsALinkBeginsAtTheTopOfTheNextPage() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.open(weir.web(), "");
      person
          .page
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("shop"))
          .first()
          .focus();
      person.page.keyboard().press("Enter");
      assertThat(button(person, "Check now")).isVisible();
      assertThat(person.page.locator("main")).isFocused();
      person.page.keyboard().press("Tab");
      assertThat(button(person, "Check now")).isFocused();
    }
  }

  @Test
  void nothingMovesForThoseWhoAskedForThat() {
    try (ConsoleBrowser.Person person = browser.person()) {
      person.page.emulateMedia(
          new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
      List<Route> held = new ArrayList<>();
      person.page.route("**/api/v1/sites/**", held::add);
      person.open(weir.web(), "#/sites/default/shop");
      assertThat(person.page.getByRole(AriaRole.PROGRESSBAR).first()).isVisible();
      person.page.waitForFunction(
          "document.getAnimations().every(each => each.playState !== 'running')");
    }
  }

  private static Locator button(ConsoleBrowser.Person person, String name) {
    return person.page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
