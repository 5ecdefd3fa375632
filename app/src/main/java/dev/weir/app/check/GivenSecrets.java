// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.monitor.check.ReferencedSecrets;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Secrets as the command line gives them: written out, or as references. A site never holds one
 * that is written out, so that becomes a variable beside those of the environment, and the check
 * holds its name. Whatever prints a check then prints names.
 */
final class GivenSecrets {

  /** No variable of a process is called so: a shell can't set one twice under such names. */
  private static final String PREFIX = "WEIR_CHECK__";

  private final Map<String, String> variables;
  private final Path folder;

  GivenSecrets(Map<String, String> environment, Path folder) {
    this.variables = new HashMap<>(environment);
    this.folder = folder;
  }

  /**
   * A reference to what was given.
   *
   * @param name what it is, for messages: letters and {@code _}
   * @throws IllegalArgumentException without the text, where a reference in it is none
   */
  String reference(String name, String given) {
    Secret secret = new Secret(given);
    if (secret.named()) {
      return given;
    }
    StringBuilder literal = new StringBuilder();
    for (Secret.Part part : secret.parts()) {
      if (part instanceof Secret.Part.Literal(String text)) {
        literal.append(text);
      }
    }
    variables.put(PREFIX + name, literal.toString());
    return "${env:" + PREFIX + name + "}";
  }

  /** What stands for what, now. */
  Secrets secrets() {
    return new ReferencedSecrets(Map.copyOf(variables)::get, List.of(), folder);
  }
}
