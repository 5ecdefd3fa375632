// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.schedule.Miss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the metrics that the code registers with those that {@code docs/operations.md} names.
 */
class OperationsPageTest {

  private static final Path PAGE = Path.of("../docs/operations.md");
  private static final List<Path> SOURCES =
      List.of(Path.of("../server/src/main/java"), Path.of("src/main/java"));

  private static final Pattern REGISTERED =
      Pattern.compile(
          "\\b(?:counter|gauge|histogram|name)\\(\\s*(?:registry,\\s*)?\"(weir_[a-z_]+)\"");
  private static final Pattern NAMED = Pattern.compile("weir_[a-z_]+");

  @Test
  void namesEachMetricAndNoOther() throws IOException {
    TreeSet<String> registered = new TreeSet<>();
    for (Path sources : SOURCES) {
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .flatMap(file -> REGISTERED.matcher(read(file)).results())
            .forEach(found -> registered.add(found.group(1)));
      }
    }
    assertThat(registered).hasSizeGreaterThan(40);
    TreeSet<String> named = new TreeSet<>();
    NAMED.matcher(read(PAGE)).results().map(MatchResult::group).forEach(named::add);
    assertThat(named).isEqualTo(registered);
  }

  @Test
  void namesEachReasonForWhichASlotIsMissed() {
    String row =
        read(PAGE)
            .lines()
            .filter(line -> line.startsWith("| `weir_checks_missed_slots_total"))
            .findFirst()
            .orElseThrow();
    for (Miss.Reason reason : Miss.Reason.values()) {
      assertThat(row).contains("`" + reason.name().toLowerCase(Locale.ROOT) + "`: ");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
