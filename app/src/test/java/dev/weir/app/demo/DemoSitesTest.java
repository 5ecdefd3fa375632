// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.ReferencedSecrets;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.NetworkPolicies;
import dev.weir.monitor.probe.Resolver;
import dev.weir.monitor.probe.SiteProber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSitesTest {

  /** In the well part of the site that comes and goes, and of no use to anybody else. */
  private static final Instant WELL = Instant.ofEpochSecond(9 * 60 * 3_000_000L);

  private static final Instant FAILING = WELL.plusSeconds(8 * 60);

  private static final int LOOKS_MAX = 6;

  @TempDir private Path folder;

  @Test
  void eachSiteIsFoundToBeWhatItIsMeantToBe() throws Exception {
    assertThat(DemoSite.all()).hasSizeGreaterThanOrEqualTo(12);
    Map<String, String> wanted = new TreeMap<>();
    for (DemoSite site : DemoSite.all()) {
      wanted.put(site.id(), site.behaviour().at(WELL).fault().spelling());
    }
    wanted.put("slow", "latency");

    assertThat(found(WELL, wanted)).isEqualTo(wanted);
  }

  @Test
  void theOneThatComesAndGoesGoes() throws Exception {
    Map<String, String> wanted = Map.of("payments", ErrorClass.STATUS.spelling());
    assertThat(found(FAILING, wanted)).containsAllEntriesOf(wanted);
  }

  @Test
  void theSameMomentGivesTheSame() {
    for (DemoSite site : DemoSite.all()) {
      assertThat(site.behaviour().at(WELL)).isEqualTo(site.behaviour().at(WELL));
    }
  }

  /** As below; their limits of time are real, so a busy machine may need more than one look. */
  private Map<String, String> found(Instant moment, Map<String, String> wanted) throws Exception {
    Map<String, String> found = found(moment);
    for (int look = 1; look < LOOKS_MAX && !contains(found, wanted); look++) {
      found = found(moment);
    }
    return found;
  }

  private static boolean contains(Map<String, String> found, Map<String, String> wanted) {
    return found.entrySet().containsAll(wanted.entrySet());
  }

  /** What a check finds of each, by id. */
  private Map<String, String> found(Instant moment) throws Exception {
    InstantSource fixed = InstantSource.fixed(moment);
    DemoCertificates certificates = new DemoCertificates(Instant.now());
    Map<String, String> found = new ConcurrentSkipListMap<>();
    try (DemoServers servers = DemoServers.start(DemoSite.all(), certificates, fixed)) {
      Path file = DemoFile.write(folder, DemoSite.all(), servers, certificates.pem());
      SiteProber prober =
          new SiteProber(
              Resolver.system(),
              new ReferencedSecrets(_ -> null, List.of(), folder),
              InstantSource.system(),
              Thread::sleep,
              "test");
      try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Site site : sites(file)) {
          together.execute(() -> found.put(site.key().id(), finding(prober, site)));
        }
      }
    }
    return found;
  }

  private static String finding(SiteProber prober, Site site) {
    Failure failure = prober.run(site, NetworkPolicies.parse("any")).failure();
    return failure == null ? "none" : failure.errorClass().spelling();
  }

  private static List<Site> sites(Path file) throws Exception {
    return switch (new SiteReader("local").read("file", Files.readString(file))) {
      case SiteReader.Reading.Sites(List<Site> sites) -> sites;
      case SiteReader.Reading.Refused refused -> throw new AssertionError(refused.problems());
    };
  }
}
