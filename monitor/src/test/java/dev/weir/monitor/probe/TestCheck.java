// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.HttpVersion;
import dev.weir.monitor.check.Check.Redirects;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.check.TlsSettings;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An HTTP check for tests: everything as by default, but for what a test is about. */
final class TestCheck {

  static final Secrets PLAIN = Secret::reference;
  static final NetworkPolicy ANY = address -> true;

  private URI uri;
  private String method = "GET";
  private final Map<String, Secret> headers = new HashMap<>();
  private Optional<Secret> body = Optional.empty();
  private Optional<Credentials> credentials = Optional.empty();
  private TlsSettings tls = TlsSettings.SYSTEM;
  private Redirects redirects = Redirects.TEN;
  private HttpVersion version = HttpVersion.AUTOMATIC;
  private long bodyLimitBytes = Check.Http.BODY_LIMIT_BYTES;
  private Timeouts timeouts = Timeouts.of(Duration.ofSeconds(30));

  private TestCheck(String uri) {
    this.uri = URI.create(uri);
  }

  static TestCheck of(String uri) {
    return new TestCheck(uri);
  }

  TestCheck method(String name) {
    this.method = name;
    return this;
  }

  TestCheck header(String name, String value) {
    headers.put(name, new Secret(value));
    return this;
  }

  TestCheck body(String text) {
    this.body = Optional.of(new Secret(text));
    return this;
  }

  TestCheck credentials(Credentials given) {
    this.credentials = Optional.of(given);
    return this;
  }

  TestCheck tls(TlsSettings settings) {
    this.tls = settings;
    return this;
  }

  TestCheck redirects(int limit) {
    this.redirects = new Redirects(limit);
    return this;
  }

  TestCheck version(HttpVersion offered) {
    this.version = offered;
    return this;
  }

  TestCheck bodyLimit(long bytes) {
    this.bodyLimitBytes = bytes;
    return this;
  }

  TestCheck timeout(Duration total) {
    this.timeouts = Timeouts.of(total);
    return this;
  }

  TestCheck timeouts(Timeouts each) {
    this.timeouts = each;
    return this;
  }

  Check.Http build() {
    return new Check.Http(
        uri,
        method,
        headers,
        body,
        credentials,
        tls,
        redirects,
        AddressFamily.PREFER_IPV4,
        version,
        bodyLimitBytes,
        timeouts);
  }

  /** All names are 127.0.0.1. */
  static Resolver loopback() {
    return host -> List.of(InetAddress.ofLiteral("127.0.0.1"));
  }
}
