// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import static dev.weir.prometheus.Doors.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.prometheus.Remote.Matcher;
import dev.weir.prometheus.read.RemoteReadOptions;
import dev.weir.prometheus.wire.WriteRequestEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which series a matcher selects, through write, SQL and read. The table was measured with
 * Prometheus; the random half asks an oracle that knows no SQL.
 */
class MatcherMeaningTest {

  private static final String[] METRICS = {"up", "time", "ts_x", "weir_y", "a:b", "up_total"};
  private static final String[] LABELS = {"job", "time", "a:b", "Job", "ümlaut", "measure_name"};
  private static final String[] VALUES = {
    "a", "b", "it's", "x%y_z", "\\", "", "10.0.0.1:9100", "ü", "\"q\"", "a|b", "line\nbreak"
  };
  private static final String[] EXPRESSIONS = {
    "a",
    "b|it's",
    "x%.*",
    "x.*|",
    "(?i)A",
    ".*",
    ".+",
    "",
    "[ab]",
    "a\\|b",
    "10\\.0\\..*",
    "a.*",
    "ü|",
    "line.break",
    "[^a]+",
    "a|b|c|"
  };

  private final Doors doors = new Doors(options());

  /** The plan that these cases are asked with. */
  RemoteReadOptions options() {
    return RemoteReadOptions.defaults();
  }

  @ParameterizedTest
  @CsvSource({
    "0, a, '', 2",
    "0, a, 1, 1",
    "1, c, x, 3",
    "1, a, '', 1",
    "1, a, 1, 2",
    "2, c, '.*', 3",
    "2, c, 'x|', 3",
    "2, a, '.+', 1",
    "2, a, '1|2', 1",
    "2, a, '', 2",
    "3, c, x, 3",
    "3, a, '.+', 2",
    "3, a, '', 1",
    "3, a, '.*', 0",
    "2, b, 'o', 0",
    "2, b, 'o.*', 1",
    "2, b, '.*n', 0",
    "2, b, 'one.two', 1",
    "2, b, '(?-s:one.two)', 0",
  })
  void selectsAsPrometheusDoes(int type, String label, String value, int count) {
    doors.write(
        new WriteRequestEncoder()
            .series("__name__", "m", "a", "1")
            .sample(T, 1)
            .series("__name__", "m", "b", "one\ntwo")
            .sample(T, 1)
            .series("__name__", "m")
            .sample(T, 1));
    assertThat(doors.read(0, T, new Matcher(0, "__name__", "m"), new Matcher(type, label, value)))
        .hasSize(count);
  }

  @Test
  void selectsWhatAnOracleSelects() {
    Random random = new Random(2_026);
    Set<Map<String, String>> stored = new HashSet<>();
    WriteRequestEncoder request = new WriteRequestEncoder();
    for (int i = 0; i < 300; i++) {
      TreeMap<String, String> labels = new TreeMap<>();
      labels.put("__name__", pick(random, METRICS));
      for (String label : LABELS) {
        String value = pick(random, VALUES);
        if (random.nextInt(3) == 0 && !value.isEmpty()) {
          labels.put(label, value);
        }
      }
      if (stored.add(labels)) {
        request.series(labels).sample(T, random.nextInt(3) == 0 ? Double.NaN : i);
      }
    }
    assertThat(doors.write(request).status()).isEqualTo(204);
    for (int round = 0; round < 250; round++) {
      List<Matcher> matchers = matchers(random);
      Set<Map<String, String>> expected = new HashSet<>(stored);
      expected.removeIf(labels -> !matchers.stream().allMatch(matcher -> matches(matcher, labels)));
      List<Remote.Series> found = doors.read(0, T, matchers.toArray(Matcher[]::new));
      assertThat(found)
          .as(matchers.toString())
          .extracting(Remote.Series::labels)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<Matcher> matchers(Random random) {
    List<Matcher> matchers = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int type = random.nextInt(4);
      int label = random.nextInt(LABELS.length + 3);
      String name = label < LABELS.length ? LABELS[label] : "__name__";
      name = random.nextInt(10) == 0 ? "nowhere" : name;
      String value = pick(random, name.equals("__name__") ? METRICS : VALUES);
      matchers.add(new Matcher(type, name, type < 2 ? value : pick(random, EXPRESSIONS)));
    }
    return matchers;
  }

  private static boolean matches(Matcher matcher, Map<String, String> labels) {
    String value = labels.getOrDefault(matcher.name(), "");
    return switch (matcher.type()) {
      case 0 -> value.equals(matcher.value());
      case 1 -> !value.equals(matcher.value());
      case 2 -> Pattern.compile(matcher.value(), Pattern.DOTALL).matcher(value).matches();
      default -> !Pattern.compile(matcher.value(), Pattern.DOTALL).matcher(value).matches();
    };
  }

  private static String pick(Random random, String[] from) {
    return from[random.nextInt(from.length)];
  }
}
