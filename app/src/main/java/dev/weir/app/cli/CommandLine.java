// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.cli;

import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.Suggestion;
import dev.weir.app.settings.UsageException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the verb, reads its settings and runs it. */
public final class CommandLine {

  private static final int SUCCESS = 0;
  private static final int FAILURE = 1;

  private final List<Verb> verbs;
  private final Terminal terminal;

  public CommandLine(List<Verb> verbs, Terminal terminal) {
    this.verbs = List.copyOf(verbs);
    this.terminal = terminal;
  }

  /** Runs one command and returns its exit code. */
  public int run(List<String> words) {
    try {
      return dispatch(words);
    } catch (UsageException e) {
      return complained(e, FAILURE);
    }
  }

  private int complained(UsageException complaint, int status) {
    terminal.error().println("weir: " + complaint.getMessage());
    return status;
  }

  private int dispatch(List<String> words) {
    if (words.isEmpty()) {
      throw new UsageException("no verb; weir --help lists them");
    }
    String first = words.getFirst();
    switch (first) {
      case "--version" -> {
        terminal.out().println("weir " + Version.text());
        return SUCCESS;
      }
      case "--help", "-h" -> {
        terminal.out().print(Help.ofAll(verbs));
        return SUCCESS;
      }
      default -> {
        Verb verb = verb(first);
        try {
          return run(verb, words.subList(1, words.size()));
        } catch (UsageException e) {
          return complained(e, verb.usageStatus());
        }
      }
    }
  }

  private int run(Verb verb, List<String> words) {
    Arguments arguments = Arguments.split(words, verb.flags(), verb.booleanStyle());
    if (arguments.help()) {
      terminal.out().print(Help.of(verb));
      return SUCCESS;
    }
    checkOperands(verb, arguments.operands());
    Settings settings =
        Settings.read(
            verb.flags(), allFlags(), arguments, terminal.environment(), terminal.folder());
    return verb.run(arguments, settings, terminal);
  }

  private Verb verb(String word) {
    if (word.startsWith("-")) {
      throw new UsageException(
          "unknown flag " + word + " before the verb; weir --help lists verbs");
    }
    return verbs.stream()
        .filter(verb -> verb.name().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new UsageException(
                "unknown verb "
                    + word
                    + Suggestion.hint("", word, verbs.stream().map(Verb::name).toList())
                    + "; weir --help lists them"));
  }

  private static void checkOperands(Verb verb, List<String> operands) {
    String[] words = verb.operands().isEmpty() ? new String[0] : verb.operands().split(" ");
    if (operands.size() > words.length) {
      throw new UsageException(
          "weir %s does not take \"%s\"".formatted(verb.name(), operands.get(words.length)));
    }
    long needed = Stream.of(words).filter(word -> !word.startsWith("[")).count();
    if (operands.size() < needed) {
      throw new UsageException("weir %s needs %s".formatted(verb.name(), verb.operands()));
    }
  }

  private Collection<Flag<?>> allFlags() {
    Map<String, Flag<?>> flags = new LinkedHashMap<>();
    verbs.forEach(verb -> verb.flags().forEach(flag -> flags.put(flag.name(), flag)));
    return flags.values();
  }
}
