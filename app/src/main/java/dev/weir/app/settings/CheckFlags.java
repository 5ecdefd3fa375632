// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static dev.weir.app.settings.FlagType.BOOLEAN;
import static dev.weir.app.settings.FlagType.OPTIONAL_TEXT;
import static dev.weir.app.settings.FlagType.WORDS;
import static dev.weir.app.settings.FlagType.whole;

import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.probe.NetworkPolicies;
import dev.weir.monitor.probe.NetworkPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The flags of {@code weir check}. Their texts go into the definition of a site, and whoever reads
 * sites judges them too: what is good for a site is good here.
 */
public final class CheckFlags {

  /** Lines of headers; a header holds no line end. */
  private static final FlagType<List<String>> LINES =
      new FlagType<>(
          "'NAME: VALUE'",
          "a header such as 'Accept: text/html'",
          text -> text.lines().filter(line -> !line.isBlank()).toList(),
          "\n");

  public static final Flag<Integer> REQUESTS =
      Flag.of(
          "requests",
          whole(1, Sampling.REQUESTS_MAX),
          "1",
          "How many requests, one after another, each over a connection of its own, until half of"
              + " them have failed.");

  public static final Flag<Optional<String>> TIMEOUT =
      Flag.of(
          "timeout",
          new FlagType<>("DURATION", OPTIONAL_TEXT.expected(), OPTIONAL_TEXT.parser()),
          "30s",
          "For one request, redirects included; up to 5m.");

  public static final Flag<Optional<String>> METHOD =
      Flag.of("method", OPTIONAL_TEXT, "", "HTTP method. Default GET, with --body POST.");

  public static final Flag<List<String>> HEADER =
      new Flag<>("header", LINES, "", "A header to send. May be given several times.", true);

  public static final Flag<Optional<String>> BODY =
      new Flag<>("body", OPTIONAL_TEXT, "", "What is sent after the headers.", true);

  public static final Flag<Optional<String>> BASIC =
      new Flag<>(
          "basic",
          new FlagType<>("USER:PASSWORD", OPTIONAL_TEXT.expected(), OPTIONAL_TEXT.parser()),
          "",
          "Basic authentication. As all texts that may be secret, ${env:NAME} and ${file:PATH}"
              + " in it are replaced.",
          true);

  public static final Flag<Optional<String>> BEARER =
      new Flag<>("bearer", OPTIONAL_TEXT, "", "Bearer token.", true);

  public static final Flag<Optional<String>> CA =
      pem("ca", "Authorities to trust, in place of the system's.");

  public static final Flag<Optional<String>> CLIENT_CERT =
      pem("client-cert", "Client certificate with its chain; with --client-key.");

  public static final Flag<Optional<String>> CLIENT_KEY =
      pem("client-key", "Its key: PKCS#1, SEC1 or PKCS#8.");

  public static final Flag<Optional<String>> CONTAINS =
      Flag.of("contains", OPTIONAL_TEXT, "", "A text that the body must contain.");

  public static final Flag<Set<String>> STATUS =
      Flag.of(
          "status",
          WORDS,
          "",
          "The status that must be answered, such as 200,301-302. Default: 200-299.");

  public static final Flag<Optional<String>> MAX_BODY =
      Flag.of(
          "max-body",
          new FlagType<>("SIZE", OPTIONAL_TEXT.expected(), OPTIONAL_TEXT.parser()),
          "1MiB",
          "How large the unpacked body may be; up to 16MiB.");

  public static final Flag<NetworkPolicy> ALLOW =
      Flag.of(
          "allow",
          new FlagType<>("CIDR,…", "any, public or a list of ranges", CheckFlags::policy, ","),
          "any",
          "The only addresses that may be connected to, redirects included: ranges such as"
              + " 10.0.0.0/8, public, any. May be given several times. Addresses where clouds"
              + " keep credentials have to be listed one by one.");

  public static final Flag<Boolean> JSON =
      Flag.of("json", BOOLEAN, "false", "Print the result as JSON.");

  /** All of them, in the order of the help. */
  public static final List<Flag<?>> ALL =
      List.of(
          REQUESTS,
          TIMEOUT,
          METHOD,
          HEADER,
          BODY,
          BASIC,
          BEARER,
          CA,
          CLIENT_CERT,
          CLIENT_KEY,
          CONTAINS,
          STATUS,
          MAX_BODY,
          ALLOW,
          JSON);

  private CheckFlags() {}

  private static NetworkPolicy policy(String text) {
    try {
      return NetworkPolicies.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is no network policy: " + e.getMessage(), e);
    }
  }

  private static Flag<Optional<String>> pem(String name, String description) {
    return Flag.of(
        name,
        new FlagType<>("PATH", OPTIONAL_TEXT.expected(), OPTIONAL_TEXT.parser()),
        "",
        "PEM file. " + description);
  }
}
