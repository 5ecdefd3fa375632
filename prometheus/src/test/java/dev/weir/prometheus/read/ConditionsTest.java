// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.read.LabelMatcher.Type.EQUAL;
import static dev.weir.prometheus.read.LabelMatcher.Type.NOT_EQUAL;
import static dev.weir.prometheus.read.LabelMatcher.Type.NOT_REGEX;
import static dev.weir.prometheus.read.LabelMatcher.Type.REGEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.ValueType.Scalar;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The text that matchers become; the quoting is as good as Timestream's only escape, the double.
 */
class ConditionsTest {

  private static final TableColumns COLUMNS =
      TableColumns.of(
          new TableDescription(
              new TableName("weir", "prometheus"),
              Stream.of("job", "weir_time", "a\"b", "aweir_3A_b")
                  .map(name -> new ColumnDescription(name, Scalar.VARCHAR, ColumnRole.DIMENSION))
                  .toList()));

  @Test
  void saysEqualityAndItsAbsence() throws BadReadException {
    assertThat(of(EQUAL, "job", "a")).isEqualTo("\"job\" = 'a'");
    assertThat(of(EQUAL, "job", "")).isEqualTo("\"job\" IS NULL");
    assertThat(of(NOT_EQUAL, "job", "a")).isEqualTo("(\"job\" IS NULL OR \"job\" <> 'a')");
    assertThat(of(NOT_EQUAL, "job", "")).isEqualTo("\"job\" IS NOT NULL");
  }

  @Test
  void saysSets() throws BadReadException {
    assertThat(of(REGEX, "job", "a|b")).isEqualTo("\"job\" IN ('a', 'b')");
    assertThat(of(REGEX, "job", "a|")).isEqualTo("(\"job\" IS NULL OR \"job\" = 'a')");
    assertThat(of(NOT_REGEX, "job", "a|b"))
        .isEqualTo("(\"job\" IS NULL OR \"job\" NOT IN ('a', 'b'))");
    assertThat(of(NOT_REGEX, "job", "a|b|")).isEqualTo("\"job\" NOT IN ('a', 'b')");
    assertThat(of(REGEX, "job", "")).isEqualTo("\"job\" IS NULL");
    assertThat(of(NOT_REGEX, "job", "")).isEqualTo("\"job\" IS NOT NULL");
  }

  @Test
  void saysEverythingAndNothing() throws BadReadException {
    assertThat(of(REGEX, "job", ".*")).isEmpty();
    assertThat(of(NOT_REGEX, "job", ".*")).isNull();
    assertThat(of(REGEX, "job", ".+")).isEqualTo("\"job\" IS NOT NULL");
    assertThat(of(NOT_REGEX, "job", ".+")).isEqualTo("\"job\" IS NULL");
  }

  @Test
  void saysPrefixesWithTheirSignsEscaped() throws BadReadException {
    assertThat(of(REGEX, "job", "a_b%c\\\\d.*"))
        .isEqualTo("\"job\" LIKE 'a\\_b\\%c\\\\d%' ESCAPE '\\'");
    assertThat(of(NOT_REGEX, "job", "a.*")).isEmpty();
  }

  @Test
  void leavesOtherExpressionsToJavaButForTheirAbsence() throws BadReadException {
    assertThat(of(REGEX, "job", "(?i)ab")).isEqualTo("\"job\" IS NOT NULL");
    assertThat(of(REGEX, "job", "(a|b)*")).isEmpty();
    assertThat(of(NOT_REGEX, "job", "[ab]")).isEmpty();
    assertThat(of(NOT_REGEX, "job", "[ab]*")).isEqualTo("\"job\" IS NOT NULL");
  }

  @Test
  void letsTheStoreFilterByPlainExpressions() throws BadReadException {
    assertThat(of(REGEX, "job", "a[0-4]")).isEqualTo("regexp_like(\"job\", '^(?s:a[0-4])$')");
    assertThat(of(REGEX, "job", "[ab]*"))
        .isEqualTo("(regexp_like(\"job\", '^(?s:[ab]*)$') OR \"job\" IS NULL)");
    assertThat(of(REGEX, "job", "a'.b")).isEqualTo("regexp_like(\"job\", '^(?s:a''.b)$')");
    assertThat(of(REGEX, "__name__", "u[a-z]"))
        .isEqualTo(
            "(regexp_like(\"measure_name\", '^(?s:(?:u[a-z])(?:~bits)?)$')"
                + " OR \"measure_name\" LIKE '%weir\\_%' ESCAPE '\\')");
  }

  @Test
  void takesALabelThatNoSeriesHasAsEmpty() throws BadReadException {
    assertThat(of(EQUAL, "nowhere", "a")).isNull();
    assertThat(of(EQUAL, "nowhere", "")).isEmpty();
    assertThat(of(NOT_EQUAL, "nowhere", "a")).isEmpty();
    assertThat(of(NOT_EQUAL, "nowhere", "")).isNull();
    assertThat(of(REGEX, "nowhere", "a*")).isEmpty();
    assertThat(of(REGEX, "nowhere", ".+")).isNull();
    assertThat(of(NOT_REGEX, "nowhere", "a")).isEmpty();
    assertThat(of(NOT_REGEX, "nowhere", ".*")).isNull();
  }

  @Test
  void findsMetricsUnderBothTheirMeasureNames() throws BadReadException {
    assertThat(of(EQUAL, "__name__", "up")).isEqualTo("\"measure_name\" IN ('up', 'up~bits')");
    assertThat(of(EQUAL, "__name__", "time"))
        .isEqualTo("\"measure_name\" IN ('weir_time', 'weir_time~bits')");
    assertThat(of(NOT_EQUAL, "__name__", "up"))
        .isEqualTo("\"measure_name\" NOT IN ('up', 'up~bits')");
    assertThat(of(REGEX, "__name__", "t.*"))
        .isEqualTo(
            "(\"measure_name\" LIKE 't%' ESCAPE '\\' OR \"measure_name\" LIKE 'weir\\_%' ESCAPE"
                + " '\\')");
    assertThat(of(EQUAL, "__name__", "")).isNull();
    assertThat(of(NOT_EQUAL, "__name__", "")).isEmpty();
    assertThat(of(NOT_REGEX, "__name__", ".+")).isNull();
  }

  @Test
  void findsLabelsUnderTheirDimensions() throws BadReadException {
    assertThat(of(EQUAL, "time", "x")).isEqualTo("\"weir_time\" = 'x'");
    assertThat(of(EQUAL, "a:b", "x")).isEqualTo("\"aweir_3A_b\" = 'x'");
    assertThat(of(EQUAL, "weir_time", "x")).isNull();
    assertThat(of(EQUAL, "a\"b", "x")).isEqualTo("\"a\"\"b\" = 'x'");
  }

  @Test
  void quotesWhateverComes() throws BadReadException {
    assertThat(of(EQUAL, "job", "' OR '1'='1")).isEqualTo("\"job\" = ''' OR ''1''=''1'");
    assertThat(of(EQUAL, "job", "\\'; DROP TABLE x; --"))
        .isEqualTo("\"job\" = '\\''; DROP TABLE x; --'");
    assertThat(of(EQUAL, "job\" = '' OR \"", "x")).isNull();
    assertThat(of(EQUAL, "__name__", "up') OR ('1' = '1"))
        .isEqualTo("\"measure_name\" IN ('up'') OR (''1'' = ''1', 'up'') OR (''1'' = ''1~bits')");
    assertThat(of(REGEX, "job", "a'b.*")).isEqualTo("\"job\" LIKE 'a''b%' ESCAPE '\\'");
  }

  @Test
  void leavesToJavaWhatWouldTakeTooMuchText() throws BadReadException {
    Conditions conditions = conditions(EQUAL, "job", "x".repeat(40_000));
    assertThat(conditions).isNotNull();
    assertThat(conditions.ofLabels()).isEmpty();
    assertThat(conditions.inexact()).hasSize(1);
  }

  private static @Nullable Conditions conditions(LabelMatcher.Type type, String name, String value)
      throws BadReadException {
    return Conditions.of(
        List.of(LabelMatcher.of(type, name, value)), COLUMNS, Conditions.Values.ALL);
  }

  private static @Nullable String of(LabelMatcher.Type type, String name, String value)
      throws BadReadException {
    Conditions conditions = conditions(type, name, value);
    if (conditions == null) {
      return null;
    }
    return String.join(
        " AND ",
        Stream.concat(conditions.ofMetric().stream(), conditions.ofLabels().stream()).toList());
  }
}
