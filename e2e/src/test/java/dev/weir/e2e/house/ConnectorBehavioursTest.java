// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of the AWS connector's behaviours names tests that exist, and all of them. */
class ConnectorBehavioursTest {

  private static final Pattern NAMED = Pattern.compile("`(Connector\\w+)\\.(\\w+)`");
  private static final Pattern TEST =
      Pattern.compile("@(?:Test|ParameterizedTest)\\b(?s:.*?)\\n  void (\\w+)\\(");

  /** Tests of what the AWS connector has no counterpart of. */
  private static final Set<String> WITHOUT_A_ROW =
      Set.of("ConnectorFaultsIT.theSameSeedMakesTheSameFaults");

  private final Checkout checkout = Checkout.ofThisBuild();

  @Test
  void everyRowIsHeldByATestAndEveryTestHasARow() {
    List<String> rows =
        checkout
            .read(checkout.files("aws-connector-behaviours.md").getFirst())
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| behaviour"))
            .toList();
    assertThat(rows)
        .hasSizeGreaterThan(50)
        .allSatisfy(row -> {
          assertThat(row.split("\\|")).hasSize(5);
          assertThat(NAMED.matcher(row).find()).as(row).isTrue();
        });
    Set<String> named =
        rows.stream()
            .flatMap(row -> NAMED.matcher(row).results())
            .map(found -> found.group(1) + "." + found.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    named.addAll(WITHOUT_A_ROW);
    assertThat(named).isEqualTo(tests());
  }

  private Set<String> tests() {
    Set<String> tests = new TreeSet<>();
    for (Path file : checkout.files("IT.java")) {
      String name = String.valueOf(file.getFileName()).replace(".java", "");
      if (name.startsWith("Connector")) {
        TEST.matcher(checkout.read(file))
            .results()
            .forEach(test -> tests.add(name + "." + test.group(1)));
      }
    }
    return tests;
  }
}
