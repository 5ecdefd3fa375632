// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app;

import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.cli.Version;
import dev.weir.app.doctor.DoctorVerb;
import dev.weir.app.serve.ConnectorVerb;
import dev.weir.store.timestream.diagnosis.Surroundings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/**
 * Where the connector's own archive begins. It knows the verbs that need no store: what can be
 * reached from here is all of this room that the archive carries.
 */
public final class ConnectorMain {

  private ConnectorMain() {}

  /** Runs one verb and exits with its code. */
  public static void main(String[] words) {
    Locale.setDefault(
        Locale.Category.FORMAT, Locale.ENGLISH); // As the texts that have the numbers.
    Terminal terminal = new Terminal(System.out, System.err, System.getenv(), Path.of(""));
    System.exit(new CommandLine(verbs(), terminal).run(List.of(words)));
  }

  /** Shared with {@link Main}, which knows more. */
  static List<Verb> verbs() {
    return List.of(
        new ConnectorVerb(),
        new DoctorVerb(Surroundings.system(InstantSource.system(), "weir/" + Version.text())));
  }
}
