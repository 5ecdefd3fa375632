// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real browser, and people who sit before it. What a page complains of and whom else it calls is
 * noted: a console asks nobody but its own server.
 */
final class ConsoleBrowser implements AutoCloseable {

  private static final String VARIABLE = "WEIR_CHROMIUM";
  private static final double PATIENCE_MILLIS = 20_000;

  /** The driver and the accessibility rules are the console's packages of npm. */
  private static final Path PACKAGES = Path.of("../console/node_modules").toAbsolutePath();

  private static final Path PICTURES = Path.of("target/screenshots").toAbsolutePath();

  private final Playwright playwright;
  private final Browser browser;

  private ConsoleBrowser(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it; the test is skipped where there is none. */
  static ConsoleBrowser start() {
    Path program = program();
    try {
      Path driver = Files.createDirectories(Path.of("target/browser-driver").toAbsolutePath());
      Path link = driver.resolve("package");
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, PACKAGES.resolve("playwright-core").normalize());
      }
      System.setProperty("playwright.cli.dir", driver.toString());
      PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(
                      Map.of(
                          "PLAYWRIGHT_NODEJS_PATH",
                          onPath("node").orElseThrow().toString(),
                          "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                          "1")));
      Browser browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(program)
                      .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
      return new ConsoleBrowser(playwright, browser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program() {
    String given = System.getenv(VARIABLE);
    if (given != null && !given.isBlank()) {
      return Path.of(given);
    }
    return onPath("chromium")
        .orElseGet(
            () -> abort("there is no Chromium; .ci/run installs Debian's, or set " + VARIABLE));
  }

  private static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What people sit before, by day and by night. */
  enum Form {
    DESKTOP(1280, 900, ColorScheme.LIGHT),
    DESKTOP_DARK(1280, 900, ColorScheme.DARK),
    PHONE(360, 800, ColorScheme.LIGHT),
    PHONE_DARK(360, 800, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme colours;

    Form(int width, int height, ColorScheme colours) {
      this.width = width;
      this.height = height;
      this.colours = colours;
    }

    /** As it stands in the names of pictures. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Somebody with a window of their own. */
  Person person(Form form) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(form.width, form.height)
                .setTimezoneId("Europe/Berlin")
                .setLocale("en-GB")
                .setColorScheme(form.colours)
                // Authorities of tests are nobody's.
                .setIgnoreHTTPSErrors(true));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    return new Person(context);
  }

  /** Somebody at a desk, by day. */
  Person person() {
    return person(Form.DESKTOP);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /** Somebody before a page. */
  static final class Person implements AutoCloseable {

    private final BrowserContext context;
    final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    private Person(BrowserContext context) {
      this.context = context;
      this.page = context.newPage();
      page.onConsoleMessage(this::note);
      page.onPageError(complaints::add);
      page.onRequest(request -> calls.add(request.url()));
      page.onDialog(dialog -> {
        complaints.add("a dialog of the page's: " + dialog.message());
        dialog.dismiss();
      });
    }

    private void note(ConsoleMessage message) {
      if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
        complaints.add(message.text());
      }
    }

    /** What went wrong in the page's scripts so far. */
    List<String> complaints() {
      return complaints;
    }

    /** Calls of anybody but this server. */
    List<String> callsBeside(Web web) {
      return calls.stream()
          .filter(url -> !url.startsWith("http://" + web.address() + "/"))
          .filter(url -> !url.startsWith("data:") && !url.startsWith("blob:"))
          .toList();
    }

    void open(Web web, String fragment) {
      page.navigate("http://" + web.address() + "/" + fragment);
    }

    /** A picture for people, below target/screenshots. */
    void picture(String name) {
      page.screenshot(
          new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
    }

    /** Pictures of it before everything that people sit before; each must be accessible. */
    void pictures(String name) {
      for (Form form : Form.values()) {
        page.setViewportSize(form.width, form.height);
        // Colours that fade into one another would be caught in between.
        page.emulateMedia(
            new Page.EmulateMediaOptions()
                .setColorScheme(form.colours)
                .setReducedMotion(ReducedMotion.REDUCE));
        picture(name + "-" + form.word());
        mustBeAccessible(name + "-" + form.word());
        mustFitTheWindow(name + "-" + form.word());
      }
    }

    void mustFitTheWindow(String name) {
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as(name + " does not go beyond the window")
          .isEqualTo(true);
    }

    /** Holds the page to the rules of axe: nothing serious, nothing critical. */
    void mustBeAccessible(String name) {
      try {
        page.evaluate(Files.readString(PACKAGES.resolve("axe-core/axe.min.js")) + ";0");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Object found =
          page.evaluate(
              """
              async () => (await axe.run()).violations
                .filter((each) => ['serious', 'critical'].includes(each.impact))
                .map((each) => each.id + ' at ' + each.nodes[0].target.join(' ')
                  + ': ' + each.nodes[0].html.slice(0, 160))
              """);
      assertThat((List<?>) found).as("accessibility of " + name).isEmpty();
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
