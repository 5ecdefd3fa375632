// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/**
 * The proxy that an operator names in the environment. The SDK's client asks HTTP_PROXY alone, also
 * for what is spoken in TLS; programs in Go, the AWS connector among them, ask HTTPS_PROXY for
 * that.
 */
public final class Proxies {

  /** What is on this machine is never reached through a proxy. */
  private static final Set<String> LOCAL = Set.of("localhost", "127\\..*", "\\[::1\\]", "::1");

  private Proxies() {}

  /** As the environment says; without HTTPS_PROXY whatever the SDK finds. */
  public static ProxyConfiguration of(Map<String, String> environment) {
    String named = either(environment, "HTTPS_PROXY");
    if (named == null) {
      return ProxyConfiguration.builder().build();
    }
    URI proxy = uri(named);
    ProxyConfiguration.Builder configuration =
        ProxyConfiguration.builder()
            .useEnvironmentVariableValues(false)
            .useSystemPropertyValues(false)
            .endpoint(
                URI.create(
                    proxy.getScheme() + "://" + proxy.getAuthority().replaceFirst("^.*@", "")))
            .nonProxyHosts(direct(either(environment, "NO_PROXY")));
    String user = proxy.getRawUserInfo();
    if (user != null) {
      String[] parts = user.split(":", 2);
      configuration.username(decoded(parts[0]));
      configuration.password(parts.length == 2 ? decoded(parts[1]) : "");
    }
    return configuration.build();
  }

  /** Whether calls to an endpoint go through it. */
  public static boolean serve(URI endpoint, Map<String, String> environment) {
    ProxyConfiguration proxy = of(environment);
    String host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
    return proxy.host() != null && proxy.nonProxyHosts().stream().noneMatch(host::matches);
  }

  private static @Nullable String either(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, environment.get(name.toLowerCase(Locale.ROOT)));
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static URI uri(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Told below, without the text, which may hold a password.
    }
    throw new StoreException(
        Kind.UNAVAILABLE, "HTTPS_PROXY is no address such as http://proxy.example:3128");
  }

  /** Hosts that are reached without the proxy, as patterns: a name stands for those below it. */
  private static Set<String> direct(@Nullable String list) {
    Set<String> patterns = new LinkedHashSet<>(LOCAL);
    for (String entry : list == null ? new String[0] : list.split(",", -1)) {
      String host = entry.strip().toLowerCase(Locale.ROOT);
      if (host.equals("*")) {
        patterns.add(".*");
      } else if (!host.isEmpty()) {
        String name = host.startsWith("*.") ? host.substring(2) : host.replaceFirst("^\\.", "");
        patterns.add("(.*\\.)?" + Pattern.quote(name));
      }
    }
    return patterns;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
