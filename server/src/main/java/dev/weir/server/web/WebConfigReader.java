// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a web config file in exporter-toolkit form. Unknown keys are refused, so that a misspelt
 * protection is not mistaken for one; paths are relative to the file.
 */
final class WebConfigReader {

  private static final Set<String> TOP =
      Set.of("tls_server_config", "http_server_config", "basic_auth_users");
  private static final Set<String> TLS =
      Set.of(
          "cert_file",
          "key_file",
          "cert",
          "key",
          "client_auth_type",
          "client_ca_file",
          "client_ca",
          "client_allowed_sans",
          "min_version",
          "max_version",
          "cipher_suites",
          "prefer_server_cipher_suites",
          "curve_preferences");
  private static final Set<String> HTTP = Set.of("http2", "headers");

  /** The headers that exporter-toolkit lets a file set. */
  private static final Set<String> HEADERS =
      Set.of(
          "Content-Security-Policy",
          "Strict-Transport-Security",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "X-XSS-Protection");

  private static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");

  private static final Map<String, String> GROUPS =
      Map.of(
          "CurveP256", "secp256r1",
          "CurveP384", "secp384r1",
          "CurveP521", "secp521r1",
          "X25519", "x25519");

  private final Path folder;
  private final YamlMap file;

  private WebConfigReader(Path path, String text) {
    Path parent = path.toAbsolutePath().getParent();
    this.folder = parent == null ? path.toAbsolutePath() : parent;
    this.file = YamlMap.parse("web config " + path, text).only(TOP);
  }

  static WebConfig read(Path path, String text) {
    WebConfigReader reader = new WebConfigReader(path, text);
    YamlMap http = reader.file.map("http_server_config").only(HTTP);
    return new WebConfig(
        reader.users(), reader.tls(), http.flag("http2", true), headers(http.map("headers")));
  }

  private Map<String, String> users() {
    YamlMap map = file.map("basic_auth_users");
    Map<String, String> users = new TreeMap<>();
    map.texts()
        .forEach((user, hash) -> {
          if (!Passwords.isHash(hash)) {
            throw map.complaint(user, "has no bcrypt hash; htpasswd -nBC 10 makes one");
          }
          if (user.indexOf(':') >= 0) {
            throw map.complaint(user, "is no user name: it has a colon");
          }
          users.put(user, hash);
        });
    return users;
  }

  private static Map<String, String> headers(YamlMap map) {
    map.only(HEADERS);
    map.texts()
        .forEach((name, value) -> {
          if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw map.complaint(name, "has a character that no header may have");
          }
        });
    return map.texts();
  }

  private Optional<TlsSettings> tls() {
    YamlMap map = file.map("tls_server_config").only(TLS);
    if (!file.has("tls_server_config")) {
      return Optional.empty();
    }
    PemSource certificate = pem(map, "cert_file", "cert").orElseThrow(() -> missing("cert_file"));
    PemSource key = pem(map, "key_file", "key").orElseThrow(() -> missing("key_file"));
    Optional<PemSource> authorities = pem(map, "client_ca_file", "client_ca");
    ClientAuth clientAuth = clientAuth(map, authorities);
    List<String> names = map.list("client_allowed_sans");
    if (!names.isEmpty() && !clientAuth.verified) {
      throw map.complaint("client_allowed_sans", "needs client_auth_type that verifies");
    }
    map.flag("prefer_server_cipher_suites", true);
    return Optional.of(
        new TlsSettings(
            certificate,
            key,
            clientAuth,
            authorities,
            Set.copyOf(names),
            protocols(map),
            map.list("cipher_suites").stream().map(WebConfigReader::suite).toList(),
            groups(map)));
  }

  private static ClientAuth clientAuth(YamlMap map, Optional<PemSource> authorities) {
    String name = map.text("client_auth_type").orElse("");
    ClientAuth auth =
        ClientAuth.named(name)
            .orElseThrow(() -> map.complaint("client_auth_type", name + " is not known"));
    if (auth.verified && authorities.isEmpty()) {
      throw map.complaint("client_auth_type", name + " needs client_ca_file");
    }
    if (auth == ClientAuth.NONE && authorities.isPresent()) {
      throw map.complaint(
          map.has("client_ca_file") ? "client_ca_file" : "client_ca",
          "needs a client_auth_type that asks for certificates");
    }
    return auth;
  }

  private Optional<PemSource> pem(YamlMap map, String fileKey, String textKey) {
    Optional<String> path = map.text(fileKey).filter(text -> !text.isEmpty());
    Optional<String> text = map.text(textKey).filter(inline -> !inline.isEmpty());
    if (path.isPresent() && text.isPresent()) {
      throw map.complaint(fileKey, "and " + textKey + " exclude each other");
    }
    return path.<PemSource>map(p -> new PemSource.File(folder.resolve(p)))
        .or(() -> text.map(t -> new PemSource.Inline("web config key " + textKey, t)));
  }

  /** TLS 1.0 and 1.1 are disabled in the JDK: as a lower bound they are harmless. */
  private static List<String> protocols(YamlMap map) {
    int min = version(map, "min_version", "TLS12");
    int max = version(map, "max_version", "TLS13");
    List<String> protocols = new ArrayList<>();
    if (min <= 2 && max >= 2) {
      protocols.add("TLSv1.2");
    }
    if (max >= 3) {
      protocols.add("TLSv1.3");
    }
    if (protocols.isEmpty() || min > max) {
      throw map.complaint("max_version", "leaves no version; TLS12 and TLS13 are served");
    }
    return protocols;
  }

  private static int version(YamlMap map, String key, String otherwise) {
    String text = map.text(key).filter(version -> !version.isEmpty()).orElse(otherwise);
    int index = VERSIONS.indexOf(text);
    if (index < 0) {
      throw map.complaint(key, text + " is not known; known are " + String.join(", ", VERSIONS));
    }
    return index;
  }

  /** Go's older names of two suites lack the hash. */
  private static String suite(String name) {
    return name.endsWith("_CHACHA20_POLY1305") ? name + "_SHA256" : name;
  }

  private static List<String> groups(YamlMap map) {
    return map.list("curve_preferences").stream()
        .map(name ->
            Optional.ofNullable(GROUPS.get(name))
                .orElseThrow(() -> map.complaint("curve_preferences", name + " is not known")))
        .toList();
  }

  private ServerConfigException missing(String key) {
    return file.complaint("tls_server_config", "needs " + key);
  }
}
