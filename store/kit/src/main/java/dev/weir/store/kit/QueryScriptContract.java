// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.PointBatch;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.TableRules;
import dev.weir.store.kit.script.ResultText;
import dev.weir.store.kit.script.Script;
import dev.weir.store.kit.script.Scripts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a store promises about SQL, written as text: all scripts of the kit. Each script has a store
 * of its own, which is loaded once, given the chance to move its data, and then only read.
 */
public abstract class QueryScriptContract {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final Duration RETENTION = Duration.ofDays(3_650);
  private static final int POINTS_PER_WRITE = 1_000;

  private @Nullable StoreUnderTest store;
  private @Nullable String loaded;

  /** Opens an empty store whose clock stands at midday of 2026-03-10. Called once per script. */
  protected abstract StoreUnderTest open();

  @TestFactory
  Stream<DynamicContainer> answersAsScripted() {
    return Scripts.all().stream()
        .map(script ->
            DynamicContainer.dynamicContainer(
                script.file(),
                script.cases().stream()
                    .map(each -> DynamicTest.dynamicTest(each.name(), () -> check(script, each)))));
  }

  @AfterEach
  void closeStore() {
    if (store != null) {
      store.close();
      store = null;
    }
  }

  private void check(Script script, Script.Case each) {
    String expected;
    String actual;
    try {
      List<String> lines = new ArrayList<>();
      String header = run(storeOf(script), each.query(), lines);
      boolean sorted = each.expectation() instanceof Script.Rows rows && !rows.ordered();
      actual = answer("expect", header, sorted ? lines.stream().sorted().toList() : lines);
    } catch (StoreException e) {
      String kind = e.kind() == StoreException.Kind.BAD_REQUEST ? "" : " of kind " + e.kind();
      actual = answer("error" + kind, String.valueOf(e.getMessage()), List.of());
    }
    expected =
        switch (each.expectation()) {
          case Script.Rows rows ->
              answer(
                  "expect",
                  rows.header(),
                  rows.ordered() ? rows.rows() : rows.rows().stream().sorted().toList());
          case Script.Failure failure -> answer("error", failure.message(), List.of());
        };
    assertThat(actual)
        .as("%s:%d, query %s%n%s%n", script.file(), each.line(), each.name(), each.query())
        .isEqualTo(expected);
  }

  private static String answer(String keyword, String first, List<String> rest) {
    StringBuilder text = new StringBuilder(keyword).append("\n  ").append(first);
    rest.forEach(line -> text.append("\n  ").append(line));
    return text.toString();
  }

  private static String run(StoreUnderTest store, String query, List<String> lines) {
    QueryRequest request =
        new QueryRequest(query, Scope.all(), store.clock().instant().plusSeconds(60));
    QueryPage page = store.queries().run(request);
    ResultPage first = page.page();
    lines.addAll(ResultText.rows(first));
    while (page.resumeToken() != null) {
      page = store.queries().run(request.resume(page.resumeToken()));
      lines.addAll(ResultText.rows(page.page()));
    }
    return ResultText.header(first);
  }

  private StoreUnderTest storeOf(Script script) {
    StoreUnderTest current = store;
    if (current != null && script.file().equals(loaded)) {
      return current;
    }
    closeStore();
    StoreUnderTest opened = open();
    store = opened;
    assertThat(opened.clock().instant()).isEqualTo(NOW);
    for (Script.Table table : script.tables()) {
      opened.tables().createIfMissing(table.name(), TableRules.own(RETENTION));
      for (int i = 0; i < table.points().size(); i += POINTS_PER_WRITE) {
        int end = Math.min(i + POINTS_PER_WRITE, table.points().size());
        PointBatch batch = PointBatch.of(table.points().subList(i, end));
        assertThat(opened.writer().write(table.name(), batch, NOW.plusSeconds(60)).rejections())
            .as("%s, points of %s", script.file(), table.name())
            .isEmpty();
      }
    }
    opened.betweenSteps();
    loaded = script.file();
    return opened;
  }
}
