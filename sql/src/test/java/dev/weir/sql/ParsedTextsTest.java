// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Scope;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Query;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ParsedTextsTest {

  private final ParsedTexts texts = new ParsedTexts();

  @Test
  void parsesARepeatedTextOnce() {
    ParsedText first = texts.get("SELECT 1");

    assertThat(texts.get("SELECT 1")).isSameAs(first);
    assertThat(texts.get("SELECT 1 ")).isNotSameAs(first);
  }

  @Test
  void forgetsTheTextThatWasNotUsedForLongest() {
    ParsedText used = texts.get("SELECT 'used'");
    ParsedText unused = texts.get("SELECT 'unused'");
    for (int i = 0; i < ParsedTexts.TEXTS_MAX - 1; i++) {
      texts.get("SELECT " + i);
      assertThat(texts.get("SELECT 'used'")).isSameAs(used);
    }

    assertThat(texts.size()).isEqualTo(ParsedTexts.TEXTS_MAX);
    assertThat(texts.get("SELECT 'unused'")).isNotSameAs(unused);
  }

  @Test
  void boundsTheCharactersItKeeps() {
    String long1 = "SELECT '" + "x".repeat(ParsedTexts.TEXT_CHARACTERS_MAX - 20);
    for (int i = 0; i < 100; i++) {
      texts.get(long1 + i + "'");
    }
    assertThat(texts.characters()).isLessThanOrEqualTo(ParsedTexts.CHARACTERS_MAX);
    assertThat(texts.size()).isBetween(14, 18);

    ParsedText tooLong = texts.get(long1 + "x".repeat(40) + "'");
    assertThat(texts.get(long1 + "x".repeat(40) + "'")).isNotSameAs(tooLong);
  }

  @Test
  void looksAtTheClockAnewForARepeatedText() {
    SqlAnalyzer analyzer = new SqlAnalyzer();

    assertThat(now(analyzer, 1_000)).isEqualTo(1_000);
    assertThat(now(analyzer, 2_000)).isEqualTo(2_000);
  }

  private static long now(SqlAnalyzer analyzer, long nanos) {
    Instant now = Instant.ofEpochSecond(0, nanos);
    Query query = (Query) analyzer.analyze("SELECT now()", new FixedCatalog(), Scope.all(), now);
    Body.Select select = (Body.Select) query.body();
    return ((Literal.OfLong) select.projections().getFirst().expression()).value();
  }
}
