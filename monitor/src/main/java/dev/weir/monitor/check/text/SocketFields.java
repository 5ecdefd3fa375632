// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.Tcp.Step;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what is asked of servers of the other protocols: TCP, TLS, DNS. */
final class SocketFields {

  static final int SEND_LENGTH_MAX = 4_096;
  private static final int DNS_PORT = 53;

  /** Record types that a question may ask for; those of zones and of the protocol itself not. */
  static final Set<String> DNS_TYPES =
      Set.of(
          "A", "AAAA", "CAA", "CNAME", "DNSKEY", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA",
          "SRV", "SSHFP", "SVCB", "TLSA", "TXT");

  private SocketFields() {}

  static Check.Tcp tcp(Fields site, Endpoint.Conversation endpoint, SecretFields secrets) {
    Fields tcp = site.fieldsOrNone("tcp");
    List<Step> steps = steps(tcp, secrets);
    tcp.refuseOthers();
    long upgrades = steps.stream().filter(Step.StartTls.class::isInstance).count();
    if (upgrades > 1) {
      tcp.refuse("steps", "has starttls %d times, at most once".formatted(upgrades));
    }
    Optional<TlsSettings> tls =
        upgrades > 0 || site.has("tls")
            ? Optional.of(ConnectionFields.tls(site, secrets))
            : Optional.empty();
    return new Check.Tcp(
        endpoint.host(),
        endpoint.port(),
        steps,
        tls,
        ConnectionFields.family(site),
        ConnectionFields.timeouts(site, List.of("dns", "connect", "tls", "wait"), "tcp"));
  }

  private static List<Step> steps(Fields tcp, SecretFields secrets) {
    return tcp.list(
        "steps",
        Check.Tcp.STEPS_MAX,
        (value, at) -> {
          if (value instanceof Value.Scalar) {
            return tcp.scalar(
                value,
                at,
                text -> {
                  if (!text.equals("starttls")) {
                    throw new IllegalArgumentException(
                        "is expect: EXPRESSION, send: TEXT or starttls, not '%s'"
                            .formatted(Quantities.shown(text)));
                  }
                  return new Step.StartTls();
                });
          }
          return tcp.fieldsOf(value, at).flatMap(step -> step(step, secrets));
        });
  }

  private static Optional<Step> step(Fields step, SecretFields secrets) {
    Optional<Step> expect = step.read("expect", Expressions::regular).map(Step.Expect::new);
    Optional<Secret> sent = secrets.text(step, "send", SEND_LENGTH_MAX);
    Optional<Boolean> upgrade = step.flag("starttls");
    if (step.names().size() != 1) {
      step.refuseAll("is one of expect, send, starttls");
      return Optional.empty();
    }
    step.refuseOthers();
    if (upgrade.isPresent()) {
      return upgrade.get() ? Optional.of(new Step.StartTls()) : Optional.empty();
    }
    return expect.or(() -> sent.map(Step.Send::new));
  }

  static Check.Tls tls(Fields site, Endpoint.Handshake endpoint, SecretFields secrets) {
    return new Check.Tls(
        endpoint.host(),
        endpoint.port(),
        ConnectionFields.tls(site, secrets),
        ConnectionFields.family(site),
        ConnectionFields.timeouts(site, List.of("dns", "connect", "tls"), "tls"));
  }

  static Check.Dns dns(Fields site, Endpoint.Question endpoint) {
    Fields dns = site.fieldsOrNone("dns");
    String type = dns.read("type", SocketFields::type).orElse("A");
    Optional<String> resolver = dns.read("resolver", SocketFields::resolver);
    boolean tcp = dns.choice("transport", Ordered.of("udp", false, "tcp", true)).orElse(false);
    dns.refuseOthers();
    return new Check.Dns(
        endpoint.name(),
        type,
        resolver,
        tcp,
        ConnectionFields.family(site),
        ConnectionFields.timeouts(site, List.of("dns", "connect", "wait"), "dns"));
  }

  private static String type(String text) {
    String type = text.toUpperCase(Locale.ROOT);
    if (!DNS_TYPES.contains(type)) {
      throw new IllegalArgumentException(
          "is one of %s, not '%s'"
              .formatted(
                  String.join(", ", DNS_TYPES.stream().sorted().toList()), Quantities.shown(text)));
    }
    return type;
  }

  private static String resolver(String text) {
    Endpoint.HostPort server = Endpoint.HostPort.parse(text);
    return server.host() + ":" + server.port().orElse(DNS_PORT);
  }
}
