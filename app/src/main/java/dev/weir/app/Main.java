// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app;

import dev.weir.app.backup.BackupVerb;
import dev.weir.app.check.CheckVerb;
import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.demo.DemoVerb;
import dev.weir.app.query.QueryVerb;
import dev.weir.app.rollup.RollupVerb;
import dev.weir.app.serve.ServeVerb;
import dev.weir.app.sites.Prompt;
import dev.weir.app.sites.SitesVerb;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.store.timestream.TimestreamStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where Weir begins. */
public final class Main {

  private Main() {}

  /** Runs one verb and exits with its code. */
  public static void main(String[] words) {
    Locale.setDefault(
        Locale.Category.FORMAT, Locale.ENGLISH); // As the texts that have the numbers.
    Terminal terminal = new Terminal(System.out, System.err, System.getenv(), Path.of(""));
    System.exit(new CommandLine(verbs(), terminal).run(List.of(words)));
  }

  private static List<Verb> verbs() {
    List<Verb> verbs = new ArrayList<>();
    verbs.add(new ServeVerb());
    verbs.addAll(ConnectorMain.verbs());
    verbs.add(new DemoVerb(InstantSource.system()));
    verbs.add(new CheckVerb(InstantSource.system(), () -> Terminal.isScreen(1)));
    verbs.add(
        new QueryVerb(
            endpoint -> TimestreamStore.open(endpoint.orElse(null), InstantSource.system()),
            InstantSource.system()));
    verbs.add(new SitesVerb(Prompt.terminal()));
    verbs.add(new BackupVerb(ServeVerb::closedStore));
    verbs.add(new RollupVerb(Main::rollupAt, InstantSource.system()));
    return verbs;
  }

  private static HourlyRollup rollupAt(Optional<URI> endpoint) {
    TimestreamStore store = TimestreamStore.open(endpoint.orElse(null), InstantSource.system());
    // Over the wire no table is made: a Weir that serves has made them, and Timestream's are given.
    return new HourlyRollup(store, store, store, _ -> {}, InstantSource.system());
  }
}
