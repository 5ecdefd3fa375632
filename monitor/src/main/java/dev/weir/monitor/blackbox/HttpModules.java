// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.blackbox.ProbeModule.Prober;
import dev.weir.monitor.check.Check.HttpVersion;
import dev.weir.monitor.check.Check.Redirects;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.Expectations.HeaderRule;
import dev.weir.monitor.check.Expectations.StatusRange;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.text.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the block {@code http} of a module. */
final class HttpModules {

  /** A page that is longer fails its probe; blackbox_exporter has no limit unless it is given. */
  static final long BODY_BYTES_MAX = 8L << 20;

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,9})([KMG]?)(?:i?B)?", Pattern.CASE_INSENSITIVE);

  private static final Map<String, Integer> VERSIONS =
      Map.of("HTTP/1.0", 10, "HTTP/1.1", 11, "HTTP/2", 20, "HTTP/2.0", 20);

  private final ModulesReader reader;
  private final ModuleNotes notes;

  HttpModules(ModulesReader reader, ModuleNotes notes) {
    this.reader = reader;
    this.notes = notes;
  }

  Prober.Http read(Fields http) {
    Map<String, Secret> headers = headers(http);
    Optional<Credentials> credentials = credentials(http, headers);
    notes.unsupported(
        http,
        "oauth2",
        "proxy_url",
        "no_proxy",
        "proxy_connect_header",
        "fail_if_body_json_matches_cel",
        "fail_if_body_json_not_matches_cel");
    notes.unsupportedWhereSet(http, "proxy_from_environment");
    notes.unsupportedWhereSet(http, "enable_http3");
    http.flag("skip_resolve_phase_with_proxy");
    http.choice("compression", Map.of("gzip", 1, "br", 1, "deflate", 1, "identity", 1, "", 1));
    boolean follows =
        http.flag("follow_redirects").orElse(true)
            && !http.flag("no_follow_redirects").orElse(false);
    Prober.Http read =
        new Prober.Http(
            http.read("method", text -> text.toUpperCase(Locale.ROOT))
                .filter(text -> !text.isEmpty())
                .orElse("GET"),
            headers,
            reader.textOrFile(http, "body", "body_file"),
            credentials,
            reader.tls(http, notes),
            follows ? Redirects.TEN : new Redirects(0),
            reader.family(http),
            http.flag("enable_http2").orElse(true) ? HttpVersion.AUTOMATIC : HttpVersion.HTTP_1_1,
            http.read("body_size_limit", HttpModules::size).orElse(BODY_BYTES_MAX),
            expectations(http),
            versions(http),
            http.flag("fail_if_ssl").orElse(false),
            http.flag("fail_if_not_ssl").orElse(false));
    http.refuseOthers();
    return read;
  }

  private Map<String, Secret> headers(Fields http) {
    Map<String, Secret> headers = new LinkedHashMap<>();
    http.fields("headers")
        .ifPresent(plain -> {
          for (String name : plain.names()) {
            ModulesReader.literal(plain, name).ifPresent(text -> headers.put(name, text));
          }
        });
    http.fields("http_headers")
        .ifPresent(named -> {
          for (String name : named.names()) {
            named.fields(name).ifPresent(each -> header(name, each, headers));
          }
        });
    return headers;
  }

  private void header(String name, Fields header, Map<String, Secret> headers) {
    List<Secret> values = new ArrayList<>();
    for (String kind : List.of("values", "secrets")) {
      values.addAll(
          ModulesReader.texts(header, kind, text -> Secret.literal(ModulesReader.limited(text))));
    }
    values.addAll(ModulesReader.texts(header, "files", reader::file));
    header.refuseOthers();
    if (values.size() > 1) {
      notes.unsupported("a header with several values, " + name);
    } else if (!values.isEmpty()) {
      headers.put(name, values.getFirst());
    }
  }

  private Optional<Credentials> credentials(Fields http, Map<String, Secret> headers) {
    List<Credentials> all = new ArrayList<>();
    http.fields("basic_auth")
        .ifPresent(basic -> {
          Secret none = Secret.literal("");
          all.add(
              new Credentials.Basic(
                  reader.textOrFile(basic, "username", "username_file").orElse(none),
                  reader.textOrFile(basic, "password", "password_file").orElse(none)));
          basic.refuseOthers();
        });
    http.fields("authorization")
        .ifPresent(authorization -> {
          String type = authorization.read("type", text -> text).orElse("Bearer");
          reader
              .textOrFile(authorization, "credentials", "credentials_file")
              .ifPresent(secret -> {
                if (type.equalsIgnoreCase("Bearer")) {
                  all.add(new Credentials.Bearer(secret));
                } else {
                  headers.put("Authorization", new Secret(type + " " + secret.reference()));
                }
              });
          authorization.refuseOthers();
        });
    reader
        .textOrFile(http, "bearer_token", "bearer_token_file")
        .ifPresent(token -> all.add(new Credentials.Bearer(token)));
    if (all.size() > 1) {
      http.refuse("basic_auth", "stands beside authorization or bearer_token: one of them");
    }
    return all.stream().findFirst();
  }

  private Expectations expectations(Fields http) {
    List<StatusRange> statuses =
        ranges(ModulesReader.texts(http, "valid_status_codes", HttpModules::status));
    List<BodyRule> body = new ArrayList<>();
    for (String each : expressions(http, "fail_if_body_matches_regexp")) {
      body.add(new BodyRule.Matches(each, false));
    }
    for (String each : expressions(http, "fail_if_body_not_matches_regexp")) {
      body.add(new BodyRule.Matches(each, true));
    }
    List<HeaderRule> headers = new ArrayList<>();
    headerRules(http, "fail_if_header_matches", false, headers);
    headerRules(http, "fail_if_header_not_matches", true, headers);
    for (List<?> rules : List.of(statuses, body, headers)) {
      if (rules.size() > Expectations.RULES_MAX) {
        notes.unsupported("more than %d rules of a kind".formatted(Expectations.RULES_MAX));
        return Expectations.DEFAULT;
      }
    }
    return new Expectations(
        statuses.isEmpty() ? Expectations.DEFAULT.statuses() : statuses,
        headers,
        body,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private void headerRules(Fields http, String name, boolean wanted, List<HeaderRule> rules) {
    ModulesReader.each(
        http,
        name,
        rule -> {
          rule.require("header", "the header's name");
          rule.require("regexp", "an RE2 expression");
          String header = rule.read("header", text -> text).orElse("");
          String expression = rule.read("regexp", ModulesReader::expression).orElse("");
          boolean missing = rule.flag("allow_missing").orElse(false);
          rule.refuseOthers();
          rules.add(new HeaderRule(header, expression, wanted));
          if (!wanted && !missing) {
            // It fails without the header too: any value at all is wanted.
            rules.add(new HeaderRule(header, "", true));
          }
          if (wanted && missing) {
            notes.unsupported(name + " with allow_missing");
          }
        });
  }

  private static Set<String> versions(Fields http) {
    Set<String> versions = new TreeSet<>();
    for (int each :
        ModulesReader.texts(
            http,
            "valid_http_versions",
            text ->
                Optional.ofNullable(VERSIONS.get(text))
                    .orElseThrow(() ->
                        new IllegalArgumentException(
                            "one of %s".formatted(new TreeSet<>(VERSIONS.keySet())))))) {
      versions.add(each == 20 ? "HTTP/2" : "HTTP/1." + each % 10);
    }
    return versions;
  }

  private static List<String> expressions(Fields http, String name) {
    return ModulesReader.texts(http, name, ModulesReader::expression);
  }

  private static int status(String text) {
    if (!text.matches("[1-9]\\d\\d")) {
      throw new IllegalArgumentException("a status from 100 to 999");
    }
    return Integer.parseInt(text);
  }

  /** Neighbours as one range. */
  private static List<StatusRange> ranges(List<Integer> codes) {
    List<StatusRange> ranges = new ArrayList<>();
    for (int code : new TreeSet<>(codes)) {
      if (!ranges.isEmpty() && ranges.getLast().to() == code - 1) {
        ranges.add(new StatusRange(ranges.removeLast().from(), code));
      } else {
        ranges.add(new StatusRange(code, code));
      }
    }
    return ranges;
  }

  /** Units are powers of 1024, as there; what is over our own limit is that. */
  private static long size(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException("a size such as 10MB");
    }
    int shift =
        switch (size.group(2).toUpperCase(Locale.ROOT)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          default -> 0;
        };
    long bytes = Long.parseLong(size.group(1)) << shift;
    return bytes == 0 ? BODY_BYTES_MAX : Math.min(bytes, BODY_BYTES_MAX);
  }
}
