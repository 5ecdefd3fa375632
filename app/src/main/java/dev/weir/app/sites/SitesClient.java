// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.api.site.SitesApi;
import dev.weir.app.settings.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Asks a running Weir for its sites. What it refuses is a {@link UsageException}. */
final class SitesClient implements AutoCloseable {

  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  /** Thousands of sites are written in that time also by a slow disk. */
  private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

  /** More than the largest page of definitions. */
  private static final int ANSWER_BYTES_MAX = 64 << 20;

  private final URI server;
  private final Optional<Credentials> credentials;
  private final HttpClient http;

  /** With the trust of its own, where there is one. */
  SitesClient(URI server, Optional<Credentials> credentials, Optional<SSLContext> trust) {
    this.server = server;
    this.credentials = credentials;
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT_MAX);
    trust.ifPresent(client::sslContext);
    this.http = client.build();
  }

  /** Who asks. */
  record Credentials(String user, String password) {

    /** As the header has it (RFC 7617). */
    String basic() {
      return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** Never the password. */
    @Override
    public String toString() {
      return "Credentials[user=" + user + "]";
    }
  }

  /** Problems of a text of sites, one a line, each with its place. */
  static final class RefusedSitesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> lines;

    RefusedSitesException(String message, List<String> lines) {
      super(message);
      this.lines = List.copyOf(lines);
    }

    List<String> lines() {
      return lines;
    }
  }

  /** One page of the list. */
  Object page(Map<String, String> query) {
    return read(send("GET", "", query, HttpRequest.BodyPublishers.noBody(), "the answer"));
  }

  Object site(String name) {
    return read(send("GET", "/" + name, Map.of(), HttpRequest.BodyPublishers.noBody(), name));
  }

  void delete(String name) {
    send("DELETE", "/" + name, Map.of(), HttpRequest.BodyPublishers.noBody(), name);
  }

  /** Plans or applies; the answer is the plan. */
  Object put(byte[] sites, String file, Map<String, String> query) {
    return read(send("PUT", "", query, HttpRequest.BodyPublishers.ofByteArray(sites), file));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** Returns the body of an answer that is a success. */
  private byte[] send(
      String method,
      String below,
      Map<String, String> query,
      HttpRequest.BodyPublisher body,
      String about) {
    HttpRequest.Builder asking =
        HttpRequest.newBuilder(URI.create(base() + SitesApi.PATH + below + text(query)))
            .timeout(ANSWER_MAX)
            .method(method, body);
    credentials.ifPresent(given -> asking.header("Authorization", given.basic()));
    HttpRequest request = asking.build();
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      byte[] bytes;
      try (InputStream in = response.body()) {
        bytes = in.readNBytes(ANSWER_BYTES_MAX + 1);
      }
      if (bytes.length > ANSWER_BYTES_MAX) {
        throw new UsageException(server + " answers more than " + ANSWER_BYTES_MAX + " bytes");
      }
      if (response.statusCode() >= 300) {
        throw failure(response.statusCode(), bytes, about);
      }
      return bytes;
    } catch (ConnectException _) {
      throw new UsageException(
          "no Weir answers at %s; start weir serve, or name another with --server"
              .formatted(server));
    } catch (SSLException e) {
      throw new UsageException(ofTls(e));
    } catch (IOException e) {
      throw new UsageException("%s does not answer: %s".formatted(server, e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UsageException("interrupted while " + server + " was asked");
    }
  }

  private String ofTls(SSLException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof CertificateException) {
        return ("the certificate of %s is not trusted here, not valid now, or for another name;"
                + " --ca names a file with its authority")
            .formatted(server);
      }
    }
    return "%s can't be spoken to over TLS; does it listen there with a certificate?"
        .formatted(server);
  }

  private RuntimeException failure(int status, byte[] body, String about) {
    if (status == 401 && credentials.isEmpty()) {
      return new UsageException(
          "%s has people sign in: give --user, with the password in WEIR_PASSWORD"
              .formatted(server));
    }
    Object error;
    try {
      error = JsonTree.read(body);
    } catch (IllegalArgumentException _) {
      error = Map.of();
    }
    String message = JsonTree.text(error, "detail");
    List<String> lines =
        JsonTree.list(error, "problems").stream().map(problem -> line(problem, about)).toList();
    if (!lines.isEmpty()) {
      return new RefusedSitesException(message, lines);
    }
    // The server's own refusals, and those of what stands before it, are plain text.
    String text = message.isEmpty() ? firstLine(new String(body, UTF_8)) : message;
    return new UsageException("%s answers %d: %s".formatted(server, status, Shown.text(text)));
  }

  private static String line(Object problem, String file) {
    StringBuilder line = new StringBuilder();
    line.append(file).append(':').append(JsonTree.text(problem, "line")).append(": ");
    for (String part : List.of("site", "field")) {
      if (!JsonTree.text(problem, part).isEmpty()) {
        line.append(JsonTree.text(problem, part)).append(": ");
      }
    }
    return Shown.text(line + JsonTree.text(problem, "reason"));
  }

  private Object read(byte[] body) {
    try {
      return JsonTree.read(body);
    } catch (IllegalArgumentException _) {
      throw new UsageException(server + " answers something else than JSON; is it a Weir?");
    }
  }

  private String base() {
    String text = server.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static String text(Map<String, String> query) {
    return query.isEmpty()
        ? ""
        : new LinkedHashMap<>(query)
            .entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&", "?", ""));
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }
}
