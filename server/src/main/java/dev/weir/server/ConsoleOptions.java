// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Who comes in at the console door.
 *
 * @param users the file of those who sign in; without it nobody does, and whoever reaches the door
 *     is the operator
 * @param origins of consoles that are kept elsewhere, exactly as browsers send them: {@code
 *     https://console.example}
 */
public record ConsoleOptions(Optional<Path> users, Set<String> origins) {

  /** Nobody signs in, and the console is the one that is served here. */
  public static final ConsoleOptions OPEN = new ConsoleOptions(Optional.empty(), Set.of());

  public ConsoleOptions {
    origins = Set.copyOf(origins);
  }
}
