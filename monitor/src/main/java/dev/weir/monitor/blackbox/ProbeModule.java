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

    /** A question. */
    record Dns(
        String name, String type, boolean tcp, AddressFamily family, Expectations expectations)
        implements Prober {}

    /** What Weir can't do, and why. */
    record Unsupported(String reason) implements Prober {}
  }
}
