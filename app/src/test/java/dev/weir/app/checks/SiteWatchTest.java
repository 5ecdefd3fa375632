// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.site.SiteStates.State;
import dev.weir.app.settings.TestChecks;
import dev.weir.document.DocumentChange;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.probe.Resolver;
import dev.weir.monitor.probe.SiteProber;
import dev.weir.monitor.site.SiteBook;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.kit.FixedCatalogReader;
import dev.weir.store.kit.MemoryDocuments;
import dev.weir.store.kit.RecordingPointWriter;
import dev.weir.store.kit.ScriptedQueryRunner;
import dev.weir.store.kit.site.ClosedPort;
import dev.weir.store.kit.site.FakeSite;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class SiteWatchTest {

  @TempDir Path folder;

  private final MemoryDocuments documents = new MemoryDocuments();
  private final SiteBook book = new SiteBook(documents, "local");
  private final BlockingQueue<DocumentChange> states = new LinkedBlockingQueue<>();

  @Test
  void endsIncidentsOfSitesThatWentWhileNoWeirRan() {
    documents.apply(List.of(openIncident("gone", "local"), openIncident("there", "elsewhere")));
    apply(site("there", "tcp://127.0.0.1:1", true));
    try (SiteWatch _ = start()) {
      assertThat(documents.list("site-states", null, 10)).isEmpty();
      assertThat(documents.list("closed-incidents", null, 10)).hasSize(2);
    }
  }

  @Test
  void goesOnWithAnIncidentOfASiteThatIsStillWatched() {
    documents.apply(List.of(openIncident("there", "local"), openIncident("off", "local")));
    apply(site("there", "tcp://127.0.0.1:1", true), site("off", "tcp://127.0.0.1:1", false));
    try (SiteWatch _ = start()) {
      assertThat(documents.list("site-states", null, 10))
          .extracting(document -> document.key().id())
          .containsExactly("default/there/local");
    }
  }

  @Test
  void nothingOutlivesASiteThatIsDisabledWhileItFails() throws Exception {
    documents.follow("site-states", states::add);
    SiteWatch checks = start();
    Site failing;
    try (checks;
        ClosedPort closed = new ClosedPort()) {
      String nowhere = "tcp://127.0.0.1:" + closed.number();
      failing = site("shop", nowhere, true);
      apply(failing);
      assertThat(states.take().after()).as("the incident opens").isNotNull();
      apply(site("shop", nowhere, false));
      while (states.take().after() != null) {
        // Failures that came before it was disabled.
      }
      documents.awaitTold();
    }
    // A run that went on meanwhile has told what it found, and taken it back, once all is closed.
    assertThat(checks.overview().ofResults(failing)).isEqualTo(State.UNKNOWN);
    assertThat(checks.latest().metrics()).isEmpty();
    assertThat(documents.list("site-states", null, 10)).isEmpty();
    assertThat(documents.list("closed-incidents", null, 10)).hasSize(1);
  }

  @Test
  void sitesThatAreThereWaitUntilTheWayIsWarm() throws Exception {
    CountDownLatch visited = new CountDownLatch(1);
    AtomicBoolean tooEarly = new AtomicBoolean();
    try (FakeSite site =
        FakeSite.of(visit -> {
          visited.countDown();
          visit.answer("HTTP/1.1 200 OK", new byte[0]);
        })) {
      apply(site("shop", site.url("/"), true));
      Runnable warmUp =
          () -> {
            try { // Longer than its interval: a site that does not wait is run meanwhile.
              tooEarly.set(visited.await(1_500, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          };
      SiteProber prober =
          new SiteProber(
              Resolver.system(), Secret::reference, InstantSource.system(), _ -> {}, "test");
      try (SiteWatch _ =
          SiteWatch.start(
              TestChecks.in(folder, "any"),
              book,
              documents,
              new SiteWatch.Probing(prober, Secret::reference, warmUp),
              store(),
              new WeirMetrics("test"),
              InstantSource.system())) {
        assertThat(visited.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(tooEarly).isFalse();
      }
    }
  }

  private static CheckStore store() {
    return new CheckStore(
        new RecordingPointWriter(), new ScriptedQueryRunner(), FixedCatalogReader.of(), _ -> {});
  }

  private SiteWatch start() {
    return SiteWatch.start(
        TestChecks.in(folder, "any"),
        book,
        documents,
        store(),
        new WeirMetrics("test"),
        InstantSource.system());
  }

  private void apply(Site... sites) {
    book.apply(book.plan(null, List.of(sites), true));
  }

  private static Site site(String id, String endpoint, boolean enabled) {
    String text =
        "sites: [{id: %s, endpoint: '%s', interval: 1s, enabled: %s}]"
            .formatted(id, endpoint, enabled);
    return switch (new SiteReader("local").read("test", text)) {
      case SiteReader.Reading.Sites(List<Site> sites) -> sites.getFirst();
      case SiteReader.Reading.Refused refused -> throw new AssertionError(refused);
    };
  }

  private static DocumentEdit openIncident(String id, String region) {
    String json =
        """
        {"in_a_row":"0","told":"2026-03-10T12:00:00Z","customer":"default","site":"%s",\
        "endpoint":"tcp://127.0.0.1:1","region":"%s","start":"2026-03-10T12:00:00Z",\
        "error_class":"connect_refused","error":"127.0.0.1:1 refused the connection"}\
        """
            .formatted(id, region);
    return new DocumentEdit.Put(
        new DocumentKey("site-states", "default/%s/%s".formatted(id, region)),
        json,
        DocumentEdit.ANY);
  }
}
