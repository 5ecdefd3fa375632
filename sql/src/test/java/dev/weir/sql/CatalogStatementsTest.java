// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static dev.weir.sql.Texts.error;
import static dev.weir.sql.Texts.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.Scope;
import dev.weir.sql.tree.LikePattern;
import dev.weir.sql.tree.Statement;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogStatementsTest {

  @Test
  void showDatabasesTakesAPattern() {
    assertThat(statement("SHOW DATABASES")).isEqualTo(new Statement.ShowDatabases(null));
    assertThat(statement("show databases like 'we%' ;"))
        .isEqualTo(new Statement.ShowDatabases(new LikePattern("we%")));
  }

  @Test
  void showTablesTakesADatabaseAndAPattern() {
    assertThat(statement("SHOW TABLES")).isEqualTo(new Statement.ShowTables(null, null));
    assertThat(statement("SHOW TABLES FROM \"plant\" LIKE 's_n%'"))
        .isEqualTo(new Statement.ShowTables("plant", new LikePattern("s_n%")));
  }

  @Test
  void showMeasuresAndDescribeCarryTheTable() {
    assertThat(statement("SHOW MEASURES FROM \"weir\".\"prometheus\""))
        .isInstanceOfSatisfying(
            Statement.ShowMeasures.class,
            show -> assertThat(show.table().name()).hasToString("weir.prometheus"));
    assertThat(statement("DESCRIBE plant.sensors"))
        .isInstanceOfSatisfying(
            Statement.Describe.class,
            describe -> assertThat(describe.table().columns()).hasSize(8));
  }

  @Test
  void patternsMatchAnyTextAndOneCharacter() {
    LikePattern pattern = new LikePattern("a.%_");

    assertThat(pattern.matches("a.b")).isTrue();
    assertThat(pattern.matches("a.")).isFalse();
    assertThat(pattern.matches("axb")).isFalse();
  }

  @Test
  void unknownNamesAreToldWithTheirPlace() {
    assertThat(error("SHOW TABLES FROM abc"))
        .isEqualTo("Requested database 'abc' not found at line 1:18");
    assertThat(error("DESCRIBE abc.sampleDB"))
        .isEqualTo("Requested database 'abc' not found for identifier 'abc.sampleDB' at line 1:10");
    assertThat(error("DESCRIBE weir.nothing"))
        .isEqualTo("line 1:10: Table 'weir.nothing' does not exist");
    assertThat(error("SHOW")).startsWith("line 1:5: mismatched input '<EOF>'. Expecting: ");
    assertThat(error("SHOW DATABASES please"))
        .isEqualTo("line 1:16: mismatched input 'please'. Expecting: <EOF>");
  }

  @Test
  void whatIsOutsideTheScopeDoesNotExist() {
    Scope plant = Scope.of(Set.of("plant"));
    SqlAnalyzer analyzer = new SqlAnalyzer();

    assertThat(analyzer.analyze("DESCRIBE plant.sensors", new FixedCatalog(), plant, Texts.NOW))
        .isInstanceOf(Statement.Describe.class);
    for (String text :
        new String[] {
          "DESCRIBE weir.prometheus",
          "SELECT 1 FROM weir.prometheus",
          "SHOW TABLES FROM weir",
          "SELECT (SELECT count(*) FROM weir.prometheus)"
        }) {
      assertThatThrownBy(() -> analyzer.analyze(text, new FixedCatalog(), plant, Texts.NOW))
          .as(text)
          .hasMessageStartingWith("the caller may not see database 'weir' at line 1:")
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
    }
  }
}
