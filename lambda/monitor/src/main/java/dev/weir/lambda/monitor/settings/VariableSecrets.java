// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.settings;

import dev.weir.monitor.check.ReferencedSecrets;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Secrets of the function's variables, those alone whose names begin as they are told. No files:
 * among those of a function are its own credentials, in {@code /proc/self/environ}. Thread-safe.
 */
public final class VariableSecrets implements Secrets {

  private final Secrets variables;

  /**
   * Those of this environment.
   *
   * @param prefixes at least one; none of them begins, or is begun by, the name of a variable that
   *     Lambda sets
   * @throws IllegalArgumentException for no prefix
   */
  public VariableSecrets(Map<String, String> environment, List<String> prefixes) {
    if (prefixes.isEmpty()) {
      throw new IllegalArgumentException("secrets need a prefix for the names of their variables");
    }
    this.variables = new ReferencedSecrets(environment::get, prefixes, Path.of("/nowhere"));
  }

  @Override
  public String reveal(Secret secret) {
    for (Secret.Part part : secret.parts()) {
      if (part instanceof Secret.Part.File file) {
        throw new IllegalArgumentException(
            file + " can't be read: a function has its secrets in variables");
      }
    }
    return variables.reveal(secret);
  }
}
