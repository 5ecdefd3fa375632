// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.server.Route;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The files are those of this room's test resources. */
class StaticFilesTest {

  private final List<Route> routes = StaticFiles.ofClassPath().routes();

  @Test
  void givesThePageAnewEachTimeAndLetsItRunNothingButItsOwn() throws IOException {
    Response page = get("/", "/", "");

    assertThat(page.status()).isEqualTo(200);
    assertThat(body(page)).contains("<title>Weir</title>");
    assertThat(page.headers().first("Cache-Control")).contains("no-cache");
    assertThat(page.headers().first("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none';")
        .contains("script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "*");
    assertThat(page.headers().first("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void givesFilesWithAFingerprintForEver() throws IOException {
    Response script = get("/assets/*", "/assets/index-a1.js", "");

    assertThat(script.headers().first("Content-Type")).contains("text/javascript; charset=utf-8");
    assertThat(script.headers().first("Cache-Control").orElseThrow()).contains("immutable");
    assertThat(body(script)).isEqualTo("export {}\n");
  }

  @Test
  void givesThemPackedToWhoTakesThatAlone() throws IOException {
    Response packed = get("/assets/*", "/assets/index-a1.js", "br, gzip");
    assertThat(packed.headers().first("Content-Encoding")).contains("gzip");
    assertThat(packed.headers().first("Vary")).contains("Accept-Encoding");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(packed)))) {
      assertThat(in.readAllBytes()).asString().isEqualTo("export {}\n");
    }

    Response plain = get("/assets/*", "/assets/index-a1.js", "gzip;q=0, br");
    assertThat(plain.headers().first("Content-Encoding")).isEmpty();
  }

  @Test
  void hasNoOtherFiles() {
    assertThat(get("/assets/*", "/assets/files.txt", "").status()).isEqualTo(404);
    assertThat(get("/assets/*", "/assets/../files.txt", "").status()).isEqualTo(404);
    assertThat(answer("/assets/*", request("POST", "/assets/index-a1.js", "")).status())
        .isEqualTo(405);
  }

  private Response get(String route, String path, String encodings) {
    return answer(route, request("GET", path, encodings));
  }

  private Response answer(String path, Request request) {
    return routes.stream()
        .filter(route -> route.path().equals(path))
        .findFirst()
        .orElseThrow()
        .handler()
        .handle(request);
  }

  private static Request request(String method, String path, String encodings) {
    return new Request(
        method,
        path,
        "",
        Headers.of("Accept-Encoding", encodings),
        0,
        InputStream.nullInputStream());
  }

  private static String body(Response response) throws IOException {
    return new String(bytes(response), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Response response) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    response.body().writeTo(out);
    return out.toByteArray();
  }
}
