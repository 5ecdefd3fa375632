// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What surrounds the process.
 *
 * @param out what was asked for
 * @param error everything else
 * @param folder what relative paths start from
 */
public record Terminal(
    PrintStream out, PrintStream error, Map<String, String> environment, Path folder) {
  /**
   * Whether a descriptor of the process is a terminal. The JDK tells of the console as a whole
   * only; Linux tells of each descriptor.
   *
   * @param descriptor 1 standard output, 2 standard error
   */
  public static boolean isScreen(int descriptor) {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return target.startsWith("/dev/pts") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
