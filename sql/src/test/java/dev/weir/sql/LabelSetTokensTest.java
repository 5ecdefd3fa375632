// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static dev.weir.sql.Texts.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.Scope;
import dev.weir.sql.tree.Query;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.CommonToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSetTokensTest {

  private static final String SETS =
      IntStream.range(0, LabelSetTokens.SETS_MIN)
          .mapToObj(i ->
              i % 3 == 0
                  ? "(job = 'it''s " + i + "')"
                  : "(\"instance\" = 'a" + i + "'\n AND \"pod\" IS NULL)")
          .collect(Collectors.joining(" OR "));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT job FROM weir.prometheus WHERE (#)",
        "SELECT job FROM weir.prometheus WHERE ((#))",
        "SELECT job FROM weir.prometheus WHERE ((((#) OR (#))) OR ((#)))",
        "SELECT job FROM weir.prometheus WHERE ((#) OR (#)) GROUP BY job",
        "SELECT job FROM weir.prometheus WHERE time > ago(1h) AND ((#) OR (#)) GROUP BY job",
        "SELECT job FROM weir.prometheus p WHERE (#) AND mode = 'x' OR (#) LIMIT 5",
        "SELECT job FROM weir.prometheus WHERE pod IS NULL AND (#) ORDER BY job",
      })
  void treeIsTheSameAsThroughTheParser(String template) {
    List<CommonToken> tokens = SqlTokens.read(template.replace("#", SETS));

    assertThat(LabelSetTokens.fold(tokens)).hasSizeLessThan(tokens.size() - 40);
    assertThat(analyze(tokens, LabelSetTokens.fold(tokens))).isEqualTo(analyze(tokens, tokens));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT job FROM weir.prometheus WHERE NOT (#)",
        "SELECT job FROM weir.prometheus WHERE (#) = true",
        "SELECT job FROM weir.prometheus WHERE (# OR (mode <> 'x'))",
        "SELECT job FROM weir.prometheus WHERE (# OR mode = 'x')",
        "SELECT count_if((#)) FROM weir.prometheus",
        "SELECT job FROM weir.prometheus WHERE (#",
        "SELECT job FROM weir.prometheus WHERE ((#) OR )",
      })
  void anythingElseGoesThroughTheParser(String template) {
    List<CommonToken> tokens = SqlTokens.read(template.replace("#", SETS));

    assertThat(LabelSetTokens.fold(tokens)).hasSize(tokens.size());
  }

  @Test
  void unknownColumnsAreToldAtTheirPlace() {
    assertThat(Texts.error("SELECT 1 FROM weir.prometheus WHERE (" + SETS + " OR (\"x\" = 'y'))"))
        .endsWith("Column 'x' does not exist")
        .startsWith("line 11:");
  }

  @Test
  void placeholderCannotBeWritten() {
    assertThatThrownBy(() -> Texts.query("SELECT \"label sets\" '0'"))
        .hasMessageStartingWith("line");
    assertThatThrownBy(() -> Texts.query("SELECT label sets '0'")).hasMessageStartingWith("line");
  }

  /** As text, since that tells places as well. */
  private static String analyze(List<CommonToken> all, List<CommonToken> parsed) {
    Analysis analysis =
        new Analysis(all, new CatalogNames(new FixedCatalog(), Scope.all()), NOW, null);
    Query query =
        new QueryAnalyzer(analysis, CommonTables.NONE)
            .analyze(QueryParser.parse(parsed), Names.NONE);
    return query.toString();
  }
}
