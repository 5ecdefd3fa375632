// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of the original monitor's faults names the tests that are named after them. */
class OriginalMonitorFaultsTest {

  private static final int FAULTS = 17;
  private static final String LATER = "on AWS, later";
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern TEST =
      Pattern.compile(
          "@(?:Test|ParameterizedTest)\\b(?:(?!@Test|@ParameterizedTest)(?s:.))*?\\n"
              + "  void (b(\\d+)[A-Z]\\w*)\\(");

  private final Checkout checkout = Checkout.ofThisBuild();

  @Test
  void everyFaultHasARowAndEveryTestOfOneStandsInIt() {
    List<String> rows =
        checkout
            .read(checkout.files("original-monitor-faults.md").getFirst())
            .lines()
            .filter(line -> line.startsWith("| B"))
            .toList();
    assertThat(rows)
        .extracting(row -> row.split("\\|")[1].strip())
        .isEqualTo(IntStream.rangeClosed(1, FAULTS).mapToObj(fault -> "B" + fault).toList());
    Set<String> named =
        rows.stream()
            .flatMap(row -> NAMED.matcher(row).results().map(test -> fault(row) + named(test)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named).isEqualTo(tests());
    assertThat(rows)
        .allSatisfy(
            row -> assertThat(NAMED.matcher(row).find()).as(row).isNotEqualTo(row.contains(LATER)));
  }

  private static String fault(String row) {
    return row.split("\\|")[1].strip() + " ";
  }

  private static String named(MatchResult test) {
    return test.group(1) + "." + test.group(2);
  }

  private Set<String> tests() {
    Set<String> tests = new TreeSet<>();
    for (Path file : checkout.files("Test.java")) {
      if (file.startsWith("monitor") || file.startsWith("lambda/monitor")) {
        String name = String.valueOf(file.getFileName()).replace(".java", "");
        TEST.matcher(checkout.read(file))
            .results()
            .forEach(test -> tests.add("B" + test.group(2) + " " + name + "." + test.group(1)));
      }
    }
    return tests;
  }
}
