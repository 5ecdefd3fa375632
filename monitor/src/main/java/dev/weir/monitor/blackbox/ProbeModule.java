// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.HttpVersion;
import dev.weir.monitor.check.Check.Redirects;
import dev.weir.monitor.check.Check.Tcp.Step;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A way to probe, as a modules file describes it. */
record ProbeModule(String name, Optional<Duration> timeout, Prober prober) {

  /** For a person: what it does, without secrets and whatever may be one. */
  String described() {
    String limit =
        timeout.map(each -> "timeout: %ss\n".formatted(each.toMillis() / 1e3)).orElse("");
    return limit
        + switch (prober) {
          case Prober.Http http ->
              "prober: http\nmethod: %s\nheaders: %s\nredirects: %d\naddresses: %s\n%s\nexpects: %s"
                  .formatted(
                      http.method(),
                      http.headers().keySet(),
                      http.redirects().limit(),
                      http.family(),
                      described(http.tls()),
                      http.expectations());
          case Prober.Tcp tcp ->
              "prober: tcp\nsteps: %s\naddresses: %s\n%s"
                  .formatted(
                      tcp.steps(),
                      tcp.family(),
                      tcp.tls().map(ProbeModule::described).orElse("tls: none"));
          case Prober.Dns dns ->
              "prober: dns\nquestion: %s %s over %s\naddresses: %s\nexpects: %s"
                  .formatted(
                      dns.name(),
                      dns.type(),
                      dns.tcp() ? "tcp" : "udp",
                      dns.family(),
                      dns.expectations());
          case Prober.Unsupported(String reason) -> reason;
        };
  }

  private static String described(TlsSettings tls) {
    return "tls: %s%s"
        .formatted(
            tls.verified() ? "verified" : "not verified",
            tls.serverName().map(name -> " as " + name).orElse(""));
  }

  /** What is done, by the file's word for it. */
  sealed interface Prober {

    /**
     * A request.
     *
     * @param versions that the answer may have, such as {@code HTTP/1.1}; empty for any
     */
    record Http(
        String method,
        Map<String, Secret> headers,
        Optional<Secret> body,
        Optional<Credentials> credentials,
        TlsSettings tls,
        Redirects redirects,
        AddressFamily family,
        HttpVersion version,
        long bodyLimitBytes,
        Expectations expectations,
        Set<String> versions,
        boolean failsWithTls,
        boolean failsWithoutTls)
        implements Prober {}

    /**
     * A conversation.
     *
     * @param labels of {@code probe_expect_info}, with groups such as {@code ${1}} in their values
     */
    record Tcp(
        List<Step> steps,
        Optional<TlsSettings> tls,
        AddressFamily family,
        Map<String, String> labels)
        implements Prober {}

    /**
     * A question.
     *
     * @param notMatch it fails where an answer does not match one of these, and without answers
     */
    record Dns(
        String name,
        String type,
        boolean tcp,
        AddressFamily family,
        Expectations expectations,
        List<String> notMatch)
        implements Prober {}

    /** What Weir can't do, and why. */
    record Unsupported(String reason) implements Prober {}
  }
}
