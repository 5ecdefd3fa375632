// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The constant pattern of a SHOW statement: {@code %} any text, {@code _} one character. */
public record LikePattern(String pattern) {

  /** Whether a name matches, case and all. */
  public boolean matches(String name) {
    return matcher().test(name);
  }

  /** The same for many names. */
  public Predicate<String> matcher() {
    StringBuilder regex = new StringBuilder();
    pattern
        .codePoints()
        .forEach(point -> {
          switch (point) {
            case '%' -> regex.append(".*");
            case '_' -> regex.append('.');
            default -> regex.append(Pattern.quote(Character.toString(point)));
          }
        });
    return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
  }
}
