// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app;

import dev.weir.app.backup.BackupVerb;
import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.cli.Version;
import dev.weir.app.doctor.DoctorVerb;
import dev.weir.app.query.QueryVerb;
import dev.weir.app.serve.ConnectorVerb;
import dev.weir.app.serve.ServeVerb;
import dev.weir.store.timestream.TimestreamStore;
import dev.weir.store.timestream.diagnosis.Surroundings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Where Weir begins. */
public final class Main {

  private Main() {}

  /** Runs one verb and exits with its code. */
  public static void main(String[] words) {
    Terminal terminal = new Terminal(System.out, System.err, System.getenv(), Path.of(""));
    System.exit(new CommandLine(verbs(), terminal).run(List.of(words)));
  }

  private static List<Verb> verbs() {
    return List.of(
        new ServeVerb(),
        new ConnectorVerb(),
        new DoctorVerb(Surroundings.system(InstantSource.system(), "weir/" + Version.text())),
        new QueryVerb(
            endpoint -> TimestreamStore.open(endpoint.orElse(null), InstantSource.system()),
            InstantSource.system()),
        new BackupVerb(ServeVerb::closedStore));
  }
}
