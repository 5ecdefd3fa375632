// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import dev.weir.store.kit.identity.TestIdentity;
import dev.weir.store.kit.identity.TestIdentity.Request;
import dev.weir.store.kit.site.FakeSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Real sites on loopback, one of every kind that the checks tell apart, with their judgements. */
final class LocalSites implements AutoCloseable {

  private static final String OK = "HTTP/1.1 200 OK\r\n";

  /** One site as it stands in a file, and what each of its records must say. */
  record LocalSite(String id, String endpoint, String fields, Judgement expected) {
    String yaml() {
      return "  - {id: %s, endpoint: '%s', interval: 1s, confirm: 1%s}\n"
          .formatted(id, endpoint, fields.isEmpty() ? "" : ", " + fields);
    }
  }

  /** What a record says; a status or an expectation may be missing. */
  record Judgement(
      boolean up, String status, String errorClass, String expectation, boolean hasLatency) {

    static Judgement up(int status) {
      return new Judgement(true, Integer.toString(status), "none", null, true);
    }

    /** Of a protocol that has no status. */
    static Judgement upWithoutStatus() {
      return new Judgement(true, null, "none", null, true);
    }

    /** Without a head, so without a status. */
    static Judgement broken(String errorClass) {
      return new Judgement(false, null, errorClass, null, false);
    }

    /** A head came, and what followed failed. */
    static Judgement broken(String errorClass, int status) {
      return new Judgement(false, Integer.toString(status), errorClass, null, false);
    }

    /** The answer came, and is not what is expected; a failed request has no latency. */
    static Judgement unmet(String errorClass, String status, String expectation) {
      return new Judgement(false, status, errorClass, expectation, false);
    }
  }

  private final Deque<AutoCloseable> servers = new ArrayDeque<>();
  private final List<LocalSite> sites = new ArrayList<>();
  private final Map<String, FakeSite.Act> acts = new LinkedHashMap<>();
  private final Path folder;
  private final FakeSite plain;

  private LocalSites(Path folder) throws IOException {
    this.folder = folder;
    this.plain = opened(FakeSite.of(v -> acts.get(v.path()).play(v)));
    addAnswers();
    addRedirects();
    addSlowness();
    addBrokenAnswers();
    addExpectations();
    addTlsFaults();
    addTcp();
    addNames();
  }

  /** Opens all of them; the folder takes the certificate of their authority. */
  static LocalSites open(Path folder) throws IOException {
    return new LocalSites(folder);
  }

  List<LocalSite> all() {
    return sites;
  }

  String yaml() {
    StringBuilder yaml = new StringBuilder("sites:\n");
    sites.forEach(site -> yaml.append(site.yaml()));
    return yaml.toString();
  }

  /** Where the site with this id answers. */
  String url(String id) {
    return plain.url("/" + id);
  }

  private void addAnswers() {
    answered("up", "HTTP/1.1 200 OK", Judgement.up(200));
    page("twice", "requests: 2", v -> v.answer("HTTP/1.1 200 OK", new byte[3]), Judgement.up(200));
    answered("no-content", "HTTP/1.1 204 No Content", Judgement.up(204));
    answered("not-found", "HTTP/1.1 404 Not Found", status(404));
    answered("server-error", "HTTP/1.1 500 Internal Server Error", status(500));
    page(
        "koi8",
        "expect: {contains: привет}",
        v ->
            v.answer(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r",
                "<p>привет</p>".getBytes("koi8-r")),
        Judgement.up(200));
    page(
        "meta-charset",
        "expect: {contains: zażółć}",
        v ->
            v.answer(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html",
                "<meta charset=iso-8859-2>zażółć".getBytes("iso-8859-2")),
        Judgement.up(200));
    page(
        "gzip",
        "expect: {contains: hello}",
        v -> v.answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", gzip("hello")),
        Judgement.up(200));
  }

  private void addRedirects() {
    page(
        "redirect",
        "",
        v -> v.send("HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n"),
        Judgement.up(200));
    acts.put("/again", v -> v.send("HTTP/1.1 301 Moved\r\nLocation: up\r\n\r\n"));
    page(
        "loop",
        "",
        v -> v.send("HTTP/1.1 302 Found\r\nLocation: /loop\r\n\r\n"),
        Judgement.broken("too_many_redirects", 302));
    page(
        "other-scheme",
        "",
        v -> v.send("HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1/\r\n\r\n"),
        Judgement.broken("protocol", 302));
    page("nowhere", "", v -> v.send("HTTP/1.1 302 Found\r\n\r\n"), Judgement.broken("status", 302));
  }

  private void addSlowness() {
    page("slow-head", "timeout: 300ms", v -> v.awaitClosed(), Judgement.broken("timeout"));
    page(
        "trickled-body",
        "timeouts: {body: 300ms}",
        v -> {
          v.send(OK + "\r\n");
          v.trickle("x", 50);
        },
        Judgement.broken("timeout", 200));
    page(
        "endless-body",
        "http: {body-limit: 10KiB}",
        v -> {
          v.send(OK + "\r\n");
          v.trickle("x".repeat(1_000), 1);
        },
        Judgement.broken("body_too_large", 200));
  }

  private void addBrokenAnswers() {
    page("reset", "", v -> v.reset(), Judgement.broken("reset"));
    page("closed", "", v -> {}, Judgement.broken("reset"));
    page("closed-in-head", "", v -> v.send(OK + "Server: x\r\n"), Judgement.broken("protocol"));
    page(
        "truncated",
        "",
        v -> v.send(OK + "Content-Length: 10\r\n\r\nabc"),
        Judgement.broken("truncated_body", 200));
    page(
        "bad-chunk",
        "",
        v -> v.send(OK + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n"),
        Judgement.broken("protocol", 200));
    page(
        "corrupt-gzip",
        "",
        v -> v.answer(OK + "Content-Encoding: gzip", "no gzip at all".getBytes("utf-8")),
        Judgement.broken("protocol", 200));
  }

  private void addExpectations() {
    page(
        "wrong-body",
        "expect: {contains: hello}",
        v -> v.answer("HTTP/1.1 200 OK", "goodbye".getBytes("utf-8")),
        Judgement.unmet("body_mismatch", "200", "body contains 'hello'"));
    page(
        "wrong-header",
        "expect: {headers: [{name: Server, matches: weir}]}",
        v -> v.send(OK + "Server: other\r\nContent-Length: 0\r\n\r\n"),
        Judgement.unmet("header_mismatch", "200", "header Server matches 'weir'"));
    page(
        "slow",
        "expect: {latency: 10ms}",
        v -> {
          Thread.sleep(30);
          v.answer("HTTP/1.1 200 OK", new byte[0]);
        },
        new Judgement(false, "200", "latency", "latency average <= 10ms", true));
  }

  private void addTlsFaults() throws IOException {
    TestIdentity authority = TestIdentity.authority("authority.example");
    String trusted =
        "tls: {ca: '${file:%s}'}".formatted(authority.writeCertificate(folder.resolve("ca.pem")));
    Instant now = Instant.now();
    Request good = Request.of("site.example", false);
    Instant early = now.minus(Duration.ofDays(9));
    Instant late = now.plus(Duration.ofDays(9));
    String https = page(authority.sign(good));
    add("https", https, trusted, Judgement.up(200));
    add(
        "certificate-days",
        https,
        trusted + ", expect: {certificate-days: 30}",
        Judgement.unmet("certificate_days", "200", "certificate days >= 30"));
    add(
        "expired",
        page(authority.sign(good.valid(early, now.minus(Duration.ofDays(1))))),
        trusted,
        Judgement.broken("tls_expired"));
    add(
        "not-yet-valid",
        page(authority.sign(good.valid(now.plus(Duration.ofDays(1)), late))),
        trusted,
        Judgement.broken("tls_expired"));
    add(
        "wrong-host",
        page(authority.sign(good.only("other.example"))),
        trusted,
        Judgement.broken("tls_hostname"));
    String stranger = page(TestIdentity.authority("stranger.example").sign(good));
    add("unknown-authority", stranger, trusted, Judgement.broken("tls_untrusted"));
    add(
        "tls",
        https.replace("https:", "tls:").replaceAll("/$", ""),
        trusted,
        Judgement.upWithoutStatus());
    add(
        "tls-untrusted",
        stranger.replace("https:", "tls:").replaceAll("/$", ""),
        trusted,
        Judgement.broken("tls_untrusted"));
  }

  /** A page over TLS; gives its address. */
  private String page(TestIdentity identity) throws IOException {
    return opened(
            FakeSite.encrypted(identity.server(), v -> v.answer("HTTP/1.1 200 OK", new byte[0])))
        .url("/");
  }

  private void addTcp() throws IOException {
    TalkingServer talker = new TalkingServer("554 not now\r\n");
    servers.push(talker);
    String place = "tcp://" + talker.place();
    add("tcp", place, "", Judgement.upWithoutStatus());
    add("tcp-talk", place, "tcp: {steps: [{expect: ^554}]}", Judgement.upWithoutStatus());
    add(
        "tcp-other-words",
        place,
        "timeout: 300ms, tcp: {steps: [{expect: ^220}]}",
        Judgement.broken("timeout"));
    add(
        "tcp-refused",
        "tcp://127.0.0.1:" + RealProcess.freePort(),
        "",
        Judgement.broken("connect_refused"));
    add("plaintext", "https://" + talker.place(), "", Judgement.broken("tls_protocol"));
  }

  private void addNames() throws IOException {
    LoopbackNames names =
        new LoopbackNames(Map.of("known.example", InetAddress.ofLiteral("192.0.2.7")));
    servers.push(names);
    String asked = "dns: {type: A, resolver: '%s'}".formatted(names.place());
    String address = ", expect: {answers: [{matches: '%s'}]}";
    add(
        "dns",
        "dns://known.example",
        asked + address.formatted("192.0.2.7"),
        Judgement.upWithoutStatus());
    add("unresolved", "http://unknown.invalid/", "timeouts: {dns: 1s}", Judgement.broken("dns"));
    add(
        "dns-unknown",
        "dns://unknown.example",
        asked,
        Judgement.unmet("dns_answer", null, "response code in NOERROR"));
    add(
        "dns-other-answer",
        "dns://known.example",
        asked + address.formatted("192.0.2.8"),
        Judgement.unmet("dns_answer", null, "an answer matches '192.0.2.8'"));
  }

  private static Judgement status(int status) {
    return Judgement.unmet("status", Integer.toString(status), "status in 200-299");
  }

  private void answered(String id, String head, Judgement expected) {
    page(id, "", v -> v.answer(head, new byte[0]), expected);
  }

  private void page(String id, String fields, FakeSite.Act act, Judgement expected) {
    acts.put("/" + id, act);
    add(id, url(id), fields, expected);
  }

  private void add(String id, String endpoint, String fields, Judgement expected) {
    String requests = fields.contains("requests:") ? "" : "requests: 1";
    String joined =
        fields.isEmpty() || requests.isEmpty() ? requests + fields : requests + ", " + fields;
    sites.add(new LocalSite(id, endpoint, joined, expected));
  }

  private FakeSite opened(FakeSite site) {
    servers.push(site);
    return site;
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable server : servers) {
      try {
        server.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("a site could not be closed", e);
      }
    }
  }
}
