// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Reply;
import dev.weir.monitor.probe.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs whose every nanosecond is known. */
final class Runs {

  static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  static final long MILLI = 1_000_000;
  static final Reply OK = new Reply.Http(200, Map.of(), 2, new byte[2]);

  private Runs() {}

  /** From http to https, 100 ms in all. */
  static Measurement redirected() {
    Hop first =
        new Hop(
            "http://shop.example/",
            phases(0, 5 * MILLI, -1, 120_000, 14_880_000, 0),
            new Peer("192.0.2.7", null, null, null, null),
            301,
            "HTTP/1.1");
    Hop second =
        new Hop(
            "https://shop.example/",
            phases(2 * MILLI, 10 * MILLI, 28 * MILLI, 0, 36_500_000, 3_500_000),
            new Peer("192.0.2.7", "2001:db8::7", "TLSv1.3", "TLS_AES_256_GCM_SHA384", chain()),
            200,
            "HTTP/2");
    return new Measurement(100 * MILLI, List.of(first, second), OK, null);
  }

  /** Plain, of so many milliseconds. */
  static Measurement plain(int millis) {
    Phases phases = phases(0, MILLI, -1, 0, (millis - 1) * MILLI, 0);
    Peer peer = new Peer("127.0.0.1", null, null, null, null);
    Hop hop = new Hop("http://127.0.0.1:8080/", phases, peer, 200, "HTTP/1.1");
    return new Measurement(millis * MILLI, List.of(hop), OK, null);
  }

  /** No head within 30 s. */
  static Measurement timedOut() {
    Phases phases = phases(0, MILLI, -1, 0, 29_999 * MILLI, -1);
    Peer peer = new Peer("127.0.0.1", null, null, null, null);
    Hop hop = new Hop("http://127.0.0.1:8080/", phases, peer, null, null);
    Failure failure =
        new Failure(ErrorClass.TIMEOUT, "no answer of 127.0.0.1:8080 within 30s\u001b[2J");
    return new Measurement(30_000 * MILLI, List.of(hop), null, failure);
  }

  static Run up(Measurement... measurements) {
    return new Run(List.of(measurements), 1, null, false);
  }

  static Run down(Failure why, Measurement... measurements) {
    return new Run(List.of(measurements), 1, why, false);
  }

  static Outcome outcome(String url, Run run) {
    return new Outcome(url, true, run, NOW);
  }

  private static Phases phases(
      long dns, long connect, long tls, long send, long waiting, long body) {
    return new Phases(dns, connect, tls, send, waiting, body);
  }

  private static Peer.Chain chain() {
    return new Peer.Chain(
        NOW.plusSeconds(42 * 86_400 + 1),
        null,
        "00ff",
        "CN=shop.example",
        "CN=Example Authority, O=Example",
        "shop.example",
        "01");
  }
}
