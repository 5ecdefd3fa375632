// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.app.settings.CheckFlags;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.UsageException;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteProblem;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.probe.NetworkPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the command line asks for. It is written as the definition of a site and read by the reader
 * of sites, whose complaints are told by the names of flags.
 *
 * @param url as it is checked, with a scheme
 * @param schemeGiven false where https was taken for want of one
 */
record WantedCheck(
    String url, boolean schemeGiven, Site site, NetworkPolicy policy, Secrets secrets) {

  private static final String REGION = "here";

  /** A name without a scheme is what people type for a page, and pages are encrypted. */
  private static final String SCHEME = "https://";

  /** Headers that the reader takes as references only. */
  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "x-api-key");

  /** A user, a colon that is not within a reference, a password. */
  private static final Pattern BASIC =
      Pattern.compile("((?:\\$\\{[^}]*}|[^:])+):(.*)", Pattern.DOTALL);

  private static final List<Flag<?>> HTTP_FLAGS =
      List.of(
          CheckFlags.METHOD,
          CheckFlags.HEADER,
          CheckFlags.BODY,
          CheckFlags.BASIC,
          CheckFlags.BEARER,
          CheckFlags.MAX_BODY);

  private static final List<Flag<Optional<String>>> TLS_FLAGS =
      List.of(CheckFlags.CA, CheckFlags.CLIENT_CERT, CheckFlags.CLIENT_KEY);

  private static final Map<String, Flag<?>> FLAGS =
      Map.ofEntries(
          Map.entry("timeout", CheckFlags.TIMEOUT),
          Map.entry("http.method", CheckFlags.METHOD),
          Map.entry("http.headers", CheckFlags.HEADER),
          Map.entry("http.body", CheckFlags.BODY),
          Map.entry("http.basic", CheckFlags.BASIC),
          Map.entry("http.bearer", CheckFlags.BEARER),
          Map.entry("http.body-limit", CheckFlags.MAX_BODY),
          Map.entry("tls.ca", CheckFlags.CA),
          Map.entry("tls.certificate", CheckFlags.CLIENT_CERT),
          Map.entry("tls.key", CheckFlags.CLIENT_KEY),
          Map.entry("expect.contains", CheckFlags.CONTAINS),
          Map.entry("expect.status", CheckFlags.STATUS));

  /**
   * Reads it.
   *
   * @param folder where relative paths begin
   * @throws UsageException with all that is wrong, by flag, without a secret
   */
  static WantedCheck of(
      String given, Settings settings, Map<String, String> environment, Path folder) {
    boolean schemeGiven = given.contains("://");
    String url = schemeGiven ? given : SCHEME + given;
    if (url.split("[/?#]", 4)[2].contains("@")) {
      throw new UsageException("the URL has a user or password in it; --basic takes them");
    }
    GivenSecrets secrets = new GivenSecrets(environment, folder);
    String text = Json.of(Map.of("sites", List.of(definition(url, settings, secrets))));
    return switch (new SiteReader(REGION).read("command line", text)) {
      case SiteReader.Reading.Sites(List<Site> sites) -> {
        requireReadable(settings, secrets.secrets());
        yield new WantedCheck(
            url,
            schemeGiven,
            sites.getFirst(),
            settings.value(CheckFlags.ALLOW),
            secrets.secrets());
      }
      case SiteReader.Reading.Refused(List<SiteProblem> problems) ->
          throw new UsageException(
              String.join("; ", problems.stream().map(each -> told(each, settings)).toList()));
    };
  }

  private static Map<String, Object> definition(
      String url, Settings settings, GivenSecrets secrets) {
    Map<String, Object> site = new LinkedHashMap<>();
    site.put("id", "check");
    site.put("endpoint", url);
    site.put("requests", settings.value(CheckFlags.REQUESTS));
    putGiven(site, "timeout", settings, CheckFlags.TIMEOUT);
    putUnlessEmpty(site, "http", http(settings, secrets));
    putUnlessEmpty(site, "tls", tls(settings, secrets));
    Map<String, Object> expect = new LinkedHashMap<>();
    putGiven(expect, "contains", settings, CheckFlags.CONTAINS);
    if (!settings.value(CheckFlags.STATUS).isEmpty()) {
      expect.put("status", List.copyOf(settings.value(CheckFlags.STATUS)));
    }
    putUnlessEmpty(site, "expect", expect);
    return site;
  }

  /**
   * Reads what TLS would: a page of http:// may lead to one of https://, or not, and a slip in a
   * path is to be told either way.
   */
  private static void requireReadable(Settings settings, Secrets secrets) {
    for (Flag<Optional<String>> flag : TLS_FLAGS) {
      try {
        pem(flag, settings).map(Secret::new).ifPresent(secrets::reveal);
      } catch (IllegalArgumentException e) {
        throw settings.fault(flag, String.valueOf(e.getMessage()));
      }
    }
  }

  private static Map<String, Object> http(Settings settings, GivenSecrets secrets) {
    Map<String, Object> http = new LinkedHashMap<>();
    putGiven(http, "method", settings, CheckFlags.METHOD);
    putUnlessEmpty(http, "headers", headers(settings, secrets));
    Optional<String> body = settings.value(CheckFlags.BODY);
    if (body.isPresent()) {
      http.put("body", body.get());
      http.putIfAbsent("method", "POST");
    }
    settings
        .value(CheckFlags.BASIC)
        .ifPresent(basic -> http.put("basic", basic(basic, settings, secrets)));
    settings
        .value(CheckFlags.BEARER)
        .ifPresent(token ->
            http.put("bearer", secret(CheckFlags.BEARER, "bearer", token, settings, secrets)));
    putGiven(http, "body-limit", settings, CheckFlags.MAX_BODY);
    return http;
  }

  private static Map<String, Object> headers(Settings settings, GivenSecrets secrets) {
    Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : settings.value(CheckFlags.HEADER)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw settings.fault(
            CheckFlags.HEADER, "a header is 'NAME: VALUE'; there is one without a colon");
      }
      String name = line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      if (SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        String variable = name.toLowerCase(Locale.ROOT).replace('-', '_');
        value = secret(CheckFlags.HEADER, variable, value, settings, secrets);
      }
      if (headers.put(name, value) != null) {
        throw settings.fault(CheckFlags.HEADER, "the header %s is there twice".formatted(name));
      }
    }
    return headers;
  }

  private static Map<String, Object> basic(String given, Settings settings, GivenSecrets secrets) {
    Matcher form = BASIC.matcher(given);
    if (!form.matches()) {
      throw settings.fault(
          CheckFlags.BASIC, "is USER:PASSWORD, each of which may be ${env:NAME} or ${file:PATH}");
    }
    return Map.of(
        "user",
        form.group(1),
        "password",
        secret(CheckFlags.BASIC, "password", form.group(2), settings, secrets));
  }

  private static Map<String, Object> tls(Settings settings, GivenSecrets secrets) {
    Map<String, Object> tls = new LinkedHashMap<>();
    pem(CheckFlags.CA, settings).ifPresent(text -> tls.put("ca", text));
    pem(CheckFlags.CLIENT_CERT, settings).ifPresent(text -> tls.put("certificate", text));
    pem(CheckFlags.CLIENT_KEY, settings)
        .ifPresent(
            text -> tls.put("key", secret(CheckFlags.CLIENT_KEY, "key", text, settings, secrets)));
    return tls;
  }

  /** A path, unless it is a reference or the certificate itself. */
  private static Optional<String> pem(Flag<Optional<String>> flag, Settings settings) {
    Optional<String> given = settings.value(flag);
    return given.map(text -> {
      if (text.contains("${") || text.contains("-----BEGIN ")) {
        return text;
      }
      if (text.contains("}")) {
        throw settings.fault(flag, "a path with } in it can't be named");
      }
      return "${file:" + text + "}";
    });
  }

  private static String secret(
      Flag<?> flag, String name, String given, Settings settings, GivenSecrets secrets) {
    try {
      return secrets.reference(name, given);
    } catch (IllegalArgumentException e) {
      throw settings.fault(flag, String.valueOf(e.getMessage()));
    }
  }

  private static void putGiven(
      Map<String, Object> fields, String name, Settings settings, Flag<Optional<String>> flag) {
    if (settings.isGiven(flag)) {
      settings.value(flag).ifPresent(text -> fields.put(name, text));
    }
  }

  private static void putUnlessEmpty(
      Map<String, Object> fields, String name, Map<String, Object> below) {
    if (!below.isEmpty()) {
      fields.put(name, below);
    }
  }

  /** The complaint with the flag's name in place of the field's. */
  private static String told(SiteProblem problem, Settings settings) {
    String field = problem.field();
    if (field.equals("endpoint")) {
      return "the URL " + problem.reason();
    }
    for (Map.Entry<String, Flag<?>> each : FLAGS.entrySet()) {
      if (field.equals(each.getKey()) || field.matches(Pattern.quote(each.getKey()) + "[.\\[].*")) {
        String below = field.substring(each.getKey().length());
        String what = below.startsWith(".") ? below.substring(1) + " " : "";
        return settings.nameOf(each.getValue()) + ": " + what + problem.reason();
      }
    }
    List<String> names = new ArrayList<>();
    List<? extends Flag<?>> flags = field.equals("http") ? HTTP_FLAGS : TLS_FLAGS;
    for (Flag<?> flag : flags) {
      if (settings.isGiven(flag)) {
        names.add(settings.nameOf(flag));
      }
    }
    return (names.isEmpty() ? field : String.join(", ", names)) + ": " + problem.reason();
  }
}
