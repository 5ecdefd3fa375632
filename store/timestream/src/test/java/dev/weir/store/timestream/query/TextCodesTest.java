// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextCodesTest {

  @Test
  void agreesWithAMap() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    TextCodes codes = new TextCodes();
    Map<String, Integer> expected = new LinkedHashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String text = Integer.toString(random.nextInt(5_000), 36);
      int wanted = expected.computeIfAbsent(text, _ -> expected.size());
      assertThat(code(codes, text)).as(text).isEqualTo(wanted);
    }
    assertThat(codes.dictionary()).containsExactly(expected.keySet().toArray(String[]::new));
  }

  @Test
  void tellsTextsOfOneHashApart() {
    List<String> texts = new ArrayList<>(List.of(""));
    for (int length = 0; length < 14; length++) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        longer.add(text + "Aa");
        longer.add(text + "BB"); // "Aa" and "BB" have one hash, and so have all that are made here.
      }
      texts = longer;
    }
    TextCodes codes = new TextCodes();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < texts.size(); i++) {
        assertThat(code(codes, texts.get(i))).isEqualTo(i);
      }
    }
    assertThat(codes.dictionary()).hasSize(1 << 14);
  }

  private static int code(TextCodes codes, String text) {
    return codes.of(("<" + text + ">").toCharArray(), 1, text.length());
  }
}
