// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app;

import dev.weir.app.serve.ServeVerb;
import java.nio.file.Path;

/** {@code ServeRehearsal FOLDER}: Weir on an empty data folder, for the JVM to learn from. */
final class ServeRehearsal {

  private ServeRehearsal() {}

  public static void main(String[] words) throws Exception {
    Path folder = Path.of(words[0]);
    Rehearsal.play(new ServeVerb(), folder, "--data-dir=" + folder.resolve("data"));
  }
}
