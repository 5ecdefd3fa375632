// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import java.util.ArrayList;
import java.util.List;

/**
 * A text that may name secrets as {@code ${env:NAME}} or {@code ${file:path}}; {@code $${} stands
 * for {@code ${} itself. This is the text as it was written, which may be stored and shown; what it
 * stands for is known to {@link Secrets} at the moment of use only.
 *
 * @param reference checked: an {@code ${} that begins none of the two is refused
 */
public record Secret(String reference) {

  private static final String OPENING = "${";
  private static final String ESCAPED = "$${";
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  public Secret {
    parse(reference);
  }

  /** A text that names nothing, whatever it looks like. */
  public static Secret literal(String text) {
    return new Secret(text.replace(OPENING, ESCAPED));
  }

  /** The text in order: what stands for itself, and what stands for a secret. */
  public List<Part> parts() {
    return parse(reference);
  }

  /** Whether anything in it stands for a secret. */
  public boolean named() {
    return parts().stream().anyMatch(part -> !(part instanceof Part.Literal));
  }

  /** The references alone: a text may hold what was better not written there. */
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder();
    for (Part part : parts()) {
      shown.append(
          switch (part) {
            case Part.Literal ignored -> "…";
            case Part.Environment environment -> environment.toString();
            case Part.File file -> file.toString();
          });
    }
    return shown.toString();
  }

  /** A piece of the text. */
  public sealed interface Part {
    record Literal(String text) implements Part {}

    /** An environment variable of the process that checks. */
    record Environment(String name) implements Part {
      @Override
      public String toString() {
        return OPENING + ENVIRONMENT + name + "}";
      }
    }

    /** A file on the machine that checks. */
    record File(String path) implements Part {
      @Override
      public String toString() {
        return OPENING + FILE + path + "}";
      }
    }
  }

  private static List<Part> parse(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(ESCAPED, at)) {
        literal.append(OPENING);
        at += ESCAPED.length();
      } else if (text.startsWith(OPENING, at)) {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException("a reference that begins with ${ ends with }");
        }
        if (!literal.isEmpty()) {
          parts.add(new Part.Literal(literal.toString()));
          literal.setLength(0);
        }
        parts.add(part(text.substring(at + OPENING.length(), end)));
        at = end + 1;
      } else {
        literal.append(text.charAt(at++));
      }
    }
    if (!literal.isEmpty()) {
      parts.add(new Part.Literal(literal.toString()));
    }
    return parts;
  }

  private static Part part(String inside) {
    if (inside.startsWith(ENVIRONMENT)) {
      String name = inside.substring(ENVIRONMENT.length());
      if (name.matches("[A-Za-z_][A-Za-z0-9_]{0,254}")) {
        return new Part.Environment(name);
      }
    } else if (inside.startsWith(FILE)) {
      String path = inside.substring(FILE.length());
      if (!path.isBlank() && path.chars().noneMatch(Character::isISOControl)) {
        return new Part.File(path);
      }
    }
    throw new IllegalArgumentException(
        "a reference is ${env:NAME} or ${file:path}; for the characters ${ themselves write $${");
  }
}
