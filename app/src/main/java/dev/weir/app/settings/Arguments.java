// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command line, split.
 *
 * @param flags text by flag name
 * @param operands what is not a flag, in order
 * @param help whether help was asked for
 */
public record Arguments(Map<String, String> flags, List<String> operands, boolean help) {

  private static final String FILE_SHORT = "-f";

  /** Whether {@code --flag word} gives a boolean its value, or the word is an operand. */
  public enum BooleanStyle {
    ALONE,
    /** As the AWS connector, whose booleans are texts. */
    TAKES_WORD
  }

  /** Splits a command line on which booleans stand alone. */
  public static Arguments split(List<String> words, Collection<? extends Flag<?>> known) {
    return split(words, known, BooleanStyle.ALONE);
  }

  /**
   * Splits {@code --name=value}, {@code --name value} and, for booleans, {@code --name}; {@code -f}
   * is short for {@code --file}. After {@code --} everything is an operand. The texts of a flag
   * that may be given several times are joined by its separator.
   */
  public static Arguments split(
      List<String> words, Collection<? extends Flag<?>> known, BooleanStyle booleans) {
    Map<String, Flag<?>> byName = new LinkedHashMap<>();
    known.forEach(flag -> byName.put(flag.name(), flag));
    Map<String, String> flags = new LinkedHashMap<>();
    List<String> operands = new ArrayList<>();
    boolean help = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        operands.addAll(words.subList(i + 1, words.size()));
        break;
      }
      if (word.equals("--help") || word.equals("-h")) {
        help = true;
      } else if (word.startsWith("-") && word.length() > 1) {
        String name = name(word);
        Flag<?> flag = byName.get(name);
        if (flag == null) {
          throw new UsageException("unknown flag " + word.split("=", 2)[0] + hint(name, byName));
        }
        String value;
        if (word.contains("=")) {
          value = word.substring(word.indexOf('=') + 1);
        } else if (flag.isBoolean()) {
          boolean takes = booleans == BooleanStyle.TAKES_WORD && wordFollows(words, i);
          value = takes ? words.get(++i) : "true";
        } else if (i + 1 < words.size() && !words.get(i + 1).startsWith("--")) {
          value = words.get(++i);
        } else {
          throw new UsageException("--" + name + " needs a value: " + flag.type().expected());
        }
        flags.merge(name, value, (before, again) -> both(flag, before, again));
      } else {
        operands.add(word);
      }
    }
    return new Arguments(Map.copyOf(flags), List.copyOf(operands), help);
  }

  private static String both(Flag<?> flag, String before, String again) {
    String separator = flag.type().separator();
    if (separator.isEmpty()) {
      throw new UsageException("--" + flag.name() + " is given twice");
    }
    return before + separator + again;
  }

  private static boolean wordFollows(List<String> words, int i) {
    return i + 1 < words.size() && !words.get(i + 1).startsWith("-");
  }

  /**
   * The flag's name, or for another word with one dash the word itself, which no flag is called.
   */
  private static String name(String word) {
    String name = word.split("=", 2)[0];
    if (name.equals(FILE_SHORT)) {
      return QueryFlags.FILE.name();
    }
    return name.startsWith("--") ? name.substring(2) : name;
  }

  private static String hint(String name, Map<String, Flag<?>> known) {
    return Suggestion.hint("--", name.startsWith("-") ? name.substring(1) : name, known.keySet());
  }
}
