// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.cli;

import dev.weir.app.settings.Flag;
import java.util.List;

/** The texts of {@code --help}. */
final class Help {

  private static final int COLUMNS = 96;
  private static final String INDENT = "      ";

  private Help() {}

  static String ofAll(List<Verb> verbs) {
    StringBuilder text = new StringBuilder("Usage: weir VERB [FLAGS]\n\nVerbs:\n");
    int longest = verbs.stream().mapToInt(verb -> words(verb).length()).max().orElse(1);
    for (Verb verb : verbs) {
      text.append(("  %-" + longest + "s  %s%n").formatted(words(verb), verb.summary()));
    }
    return text.append(
            "\nweir VERB --help lists the flags of a verb; weir --version the version.\n")
        .toString();
  }

  static String of(Verb verb) {
    StringBuilder text = new StringBuilder();
    text.append("Usage: weir ").append(words(verb)).append(" [FLAGS]\n\n");
    text.append(verb.summary()).append("\n\n");
    text.append("A flag wins over its environment variable (--data-dir is WEIR_DATA_DIR), that\n");
    text.append("over weir.yaml (key data-dir), that over the default.\n\nFlags:\n");
    for (Flag<?> flag : verb.flags()) {
      text.append("  --").append(flag.name()).append('=').append(flag.type().placeholder());
      text.append('\n');
      String standard = flag.defaultText().isEmpty() ? "" : " Default " + flag.defaultText() + ".";
      wrap(text, flag.description() + standard);
    }
    return text.append("  -h, --help\n").toString();
  }

  private static String words(Verb verb) {
    return (verb.name() + " " + verb.operands()).strip();
  }

  private static void wrap(StringBuilder text, String description) {
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : description.split(" ")) {
      if (line.length() + word.length() > COLUMNS) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(INDENT);
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
