// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.overview.Overview;
import dev.weir.api.overview.OverviewStore;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.monitor.site.SiteBook;
import dev.weir.server.ServerOptions;
import dev.weir.server.WeirServer;
import dev.weir.server.console.ConsoleRoutes;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.StoreHealth;
import dev.weir.store.kit.FixedCatalogReader;
import dev.weir.store.kit.MemoryDocuments;
import dev.weir.store.kit.RecordingPointWriter;
import dev.weir.store.kit.ScriptedQueryRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of changes over real sockets. */
@Timeout(90)
class ChangesOverHttpTest {

  private final InstantSource clock = InstantSource.system();
  private final MemoryDocuments documents = new MemoryDocuments();
  private final SiteBook book = new SiteBook(documents, "local");
  private final RunningParts parts = new RunningParts();
  private Overview overview;
  private WeirServer server;

  @BeforeEach
  void start() {
    if (new SiteReader("local")
            .read("test", "sites: [{id: shop, endpoint: 'https://shop.example/'}]")
        instanceof SiteReader.Reading.Sites read) {
      book.apply(book.plan(null, read.sites(), true));
    }
    ScriptedQueryRunner queries = new ScriptedQueryRunner();
    FixedCatalogReader catalog = FixedCatalogReader.of();
    HourlyRollup hours =
        new HourlyRollup(queries, catalog, new RecordingPointWriter(), _ -> {}, clock);
    overview =
        new Overview(
            book,
            documents,
            "local",
            List::of,
            new OverviewStore(CheckTables.ORIGINAL, queries, catalog, hours),
            clock);
    parts.add(overview::close);
    overview.start();
    ServerOptions options = ServerOptions.on("127.0.0.1:0");
    parts.endBeforeDrain(overview::endStreams);
    server =
        parts.listen(
            options,
            ConsoleRoutes.of(new Api(overview.operations()), options, clock),
            () -> new StoreHealth.Health(true, ""),
            new WeirMetrics("test"),
            clock);
  }

  @AfterEach
  void stop() {
    parts.stop();
  }

  @Test
  void eachLineComesAsItIsWrittenAndTheStreamEndsWhenWeirStops() throws Exception {
    try (Socket socket = follow()) {
      BufferedReader lines = lines(socket);
      assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(nextJson(lines)).startsWith("{\"now_ms\":").doesNotContain("shop");

      missed();
      assertThat(nextJson(lines)).contains("\"id\":\"shop\"", "\"letters\":\"m\"");
      missed();
      assertThat(nextJson(lines)).contains("\"letters\":\"mm\"");

      Instant begun = clock.instant();
      parts.stop();
      assertThat(clock.instant())
          .as("the server did not wait for the stream to end by itself")
          .isBefore(begun.plusSeconds(20));
      // A last line comes if the stream was waiting for news just then.
      assertThat(lines.lines().filter(line -> !line.isEmpty()).toList())
          .as("the stream ends as a whole")
          .endsWith("0");
    }
  }

  @Test
  void aReceiverThatGoesLeavesNothingBehind() throws Exception {
    try (Socket socket = follow()) {
      assertThat(nextJson(lines(socket))).startsWith("{\"now_ms\":");
      assertThat(overview.streams()).isOne();
      socket.setSoLinger(true, 0);
    }
    while (overview.streams() > 0) {
      missed(); // a line is written, which does not arrive
      Thread.onSpinWait();
    }
  }

  private Socket follow() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    OutputStream out = socket.getOutputStream();
    out.write(
        "GET /api/v1/changes HTTP/1.1\r\nHost: localhost\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String nextJson(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("{")) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }

  private void missed() {
    Site site = book.all(null).getFirst().site();
    Instant now = clock.instant();
    overview.accept(
        new SlotResult(new Slot(site, "local", now), now, new Miss(Miss.Reason.OVERLAP, 1)));
  }
}
