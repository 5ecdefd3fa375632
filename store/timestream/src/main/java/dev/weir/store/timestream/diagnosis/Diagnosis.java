// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import dev.weir.store.StoreException;
import dev.weir.store.timestream.call.Proxies;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * The whole examination, from what needs nothing to what needs everything. The checks of both
 * endpoints run side by side. Credentials are those of the SDK's default chain.
 */
public final class Diagnosis {

  /** The checks that need more than the settings, for whoever must say that they were left out. */
  public static final List<String> AFTER_SETTINGS =
      List.of(
          CredentialSearch.NAME,
          "write name",
          "query name",
          ClockCheck.NAME,
          TableChecks.TABLE,
          TableChecks.WRITE,
          TableChecks.READ);

  private final Surroundings surroundings;

  public Diagnosis(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Whether region and endpoints make sense together; asks nobody. */
  public static Finding settings(Subject subject) {
    String name = "settings";
    return EndpointNames.wrong(subject)
        .map(cause -> Finding.of(name, State.FAIL, cause))
        .or(() -> EndpointNames.odd(subject).map(cause -> Finding.of(name, State.WARN, cause)))
        .orElseGet(() ->
            Finding.of(
                name,
                State.OK,
                "%s in %s, endpoints %s"
                    .formatted(
                        subject.table(),
                        subject.region(),
                        subject.writeEndpoint().isPresent() ? "given" : "discovered")));
  }

  /**
   * Examines everything else.
   *
   * @param findings hears of each check in order, as soon as it and those before it are done
   */
  public void examine(Subject subject, Consumer<Finding> findings) {
    try {
      Proxies.of(surroundings.environment());
    } catch (StoreException unreadable) {
      findings.accept(Finding.of("proxy", State.FAIL, String.valueOf(unreadable.getMessage())));
      AFTER_SETTINGS.forEach(name -> findings.accept(Finding.skipped(name, "needs the proxy")));
      return;
    }
    Steps steps = new Steps(surroundings.stepMax(), surroundings.allMax());
    CredentialSearch search = new CredentialSearch(surroundings.clock());
    Finding credentials = steps.check(CredentialSearch.NAME, search::look);
    findings.accept(credentials);
    Optional<AwsCredentials> identity = credentials.isUsable() ? search.found() : Optional.empty();
    try (Caller caller = new Caller(surroundings, subject.region())) {
      FutureTask<ServedEndpoint> writing =
          beside(() -> {
            ServedEndpoint api = new ServedEndpoint("write", surroundings, steps, caller, identity);
            return subject.writeEndpoint().isPresent()
                ? api.at(subject.writeEndpoint().get())
                : api.discoveredAt(RegionalHosts.write(subject.region()));
          });
      FutureTask<ServedEndpoint> reading =
          beside(() -> {
            ServedEndpoint api = new ServedEndpoint("query", surroundings, steps, caller, identity);
            return subject.queryEndpoint().isPresent()
                ? api.at(subject.queryEndpoint().get())
                : api.discoveredAt(RegionalHosts.query(subject.region()));
          });
      ServedEndpoint write = done(writing);
      write.findings().forEach(findings);
      ServedEndpoint query = done(reading);
      query.findings().forEach(findings);
      findings.accept(
          write
              .reached()
              .or(query::reached)
              .map(host ->
                  steps.check(
                      ClockCheck.NAME, () -> ClockCheck.against(host, caller, surroundings)))
              .orElseGet(() -> Finding.skipped(ClockCheck.NAME, "needs an endpoint")));
      if (identity.isEmpty()) {
        TableChecks.NAMES.forEach(
            name -> findings.accept(Finding.skipped(name, "needs credentials")));
        return;
      }
      TableChecks checks = new TableChecks(subject, caller, identity.get(), surroundings);
      table(checks, write.serving(), query.serving(), steps, findings);
    }
  }

  private static void table(
      TableChecks checks,
      Optional<URI> write,
      Optional<URI> query,
      Steps steps,
      Consumer<Finding> findings) {
    if (write.isPresent()) {
      Finding look = steps.check(TableChecks.TABLE, () -> checks.table(write.get()));
      Finding writing = steps.check(TableChecks.WRITE, () -> checks.write(write.get()));
      Finding table = checks.inHindsight(look);
      findings.accept(table);
      findings.accept(checks.retention());
      if (checks.isMissing()) {
        findings.accept(Finding.skipped(TableChecks.WRITE, "needs the table"));
        findings.accept(Finding.skipped(TableChecks.READ, "needs the table"));
        return;
      }
      findings.accept(writing);
    } else {
      List.of(TableChecks.TABLE, TableChecks.RETENTION, TableChecks.WRITE)
          .forEach(name -> findings.accept(Finding.skipped(name, "needs the write endpoint")));
    }
    findings.accept(
        query
            .map(endpoint -> steps.check(TableChecks.READ, () -> checks.read(endpoint)))
            .orElseGet(() -> Finding.skipped(TableChecks.READ, "needs the query endpoint")));
  }

  private static FutureTask<ServedEndpoint> beside(Callable<ServedEndpoint> work) {
    FutureTask<ServedEndpoint> task = new FutureTask<>(work);
    Thread.ofVirtual().name("weir-doctor-endpoint").start(task);
    return task;
  }

  private static ServedEndpoint done(FutureTask<ServedEndpoint> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
