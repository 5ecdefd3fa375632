// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import java.io.Console;
import java.util.Optional;

/** Asks a person before something changes. */
public interface Prompt {

  /** Whether there is a person to ask. */
  boolean isThere();

  /** Whether the person says yes. */
  boolean confirms(String question);

  /** A password, typed without being shown; empty where nobody types one. */
  Optional<String> password(String question);

  /** The person at this process's terminal; nobody where there is none. */
  static Prompt terminal() {
    Console console = System.console();
    return new Prompt() {
      @Override
      public boolean isThere() {
        return console != null && console.isTerminal();
      }

      @Override
      public Optional<String> password(String question) {
        char[] typed =
            console == null || !console.isTerminal() ? null : console.readPassword("%s ", question);
        return Optional.ofNullable(typed).map(String::new);
      }

      @Override
      public boolean confirms(String question) {
        String answer = console == null ? null : console.readLine("%s [y/N] ", question);
        return answer != null
            && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
      }
    };
  }
}
