// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import dev.weir.store.timestream.call.Proxies;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.DnsResolver;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/**
 * Makes single calls with the HTTP client that the connector uses too, so that proxies and trust
 * are the same, and keeps of the answer what an examination needs. Thread-safe.
 */
final class Caller implements AutoCloseable {

  /** Far more than any of the answers that are asked for here. */
  private static final int ANSWER_BYTES_MAX = 1 << 20;

  private static final String SERVICE = "timestream";
  private static final String TARGET = "Timestream_20181101.";
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private final SdkHttpClient http;
  private final Surroundings surroundings;
  private final String region;

  Caller(Surroundings surroundings, String region) {
    this.surroundings = surroundings;
    this.region = region;
    Apache5HttpClient.Builder builder =
        Apache5HttpClient.builder()
            .connectionTimeout(surroundings.stepMax())
            .socketTimeout(surroundings.stepMax())
            .expectContinueEnabled(false)
            .useIdleConnectionReaper(false)
            .dnsResolver(resolver(surroundings))
            .proxyConfiguration(Proxies.of(surroundings.environment()));
    surroundings
        .trust()
        .ifPresent(trust -> builder.tlsTrustManagersProvider(() -> new TrustManager[] {trust}));
    this.http = builder.build();
  }

  /** Calls without a signature, which every endpoint refuses and dates. */
  Reply ask(URI endpoint, String operation) throws IOException {
    return send(request(endpoint, operation, 2), "{}".getBytes(StandardCharsets.UTF_8));
  }

  Reply call(URI endpoint, String operation, String json, AwsCredentials credentials)
      throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest signed =
        SIGNER
            .sign(sign ->
                sign.identity(credentials)
                    .request(request(endpoint, operation, body.length))
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(
                        HttpSigner.SIGNING_CLOCK,
                        Clock.fixed(surroundings.clock().instant(), ZoneOffset.UTC)))
            .request();
    return send(signed, body);
  }

  private SdkHttpRequest request(URI endpoint, String operation, int length) {
    return SdkHttpFullRequest.builder()
        .method(SdkHttpMethod.POST)
        .protocol(endpoint.getScheme())
        .host(endpoint.getHost())
        .port(endpoint.getPort() == -1 ? null : endpoint.getPort())
        .encodedPath(
            endpoint.getRawPath() == null || endpoint.getRawPath().isEmpty()
                ? "/"
                : endpoint.getRawPath())
        .putHeader("Content-Type", "application/x-amz-json-1.0")
        .putHeader("Content-Length", Integer.toString(length))
        .putHeader("User-Agent", surroundings.userAgent())
        .putHeader("X-Amz-Target", TARGET + operation)
        .build();
  }

  private Reply send(SdkHttpRequest request, byte[] body) throws IOException {
    HttpExecuteResponse response =
        http.prepareRequest(
                HttpExecuteRequest.builder()
                    .request(request)
                    .contentStreamProvider(ContentStreamProvider.fromByteArray(body))
                    .build())
            .call();
    byte[] received = new byte[0];
    if (response.responseBody().isPresent()) {
      try (InputStream in = response.responseBody().get()) {
        received = in.readNBytes(ANSWER_BYTES_MAX);
      }
    }
    JsonTree tree = JsonTree.of(received);
    String type =
        response
            .httpResponse()
            .firstMatchingHeader("x-amzn-ErrorType")
            .orElseGet(() -> tree.text("__type"));
    return new Reply(
        response.httpResponse().statusCode(),
        response.httpResponse().firstMatchingHeader("Date").flatMap(Caller::instant),
        name(type),
        tree);
  }

  /** Without what Amazon puts around it: {@code com.amazonaws.x#Name}, {@code Name:http://...}. */
  private static String name(String type) {
    String before = type.split(":", 2)[0];
    return before.substring(before.indexOf('#') + 1).strip();
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static DnsResolver resolver(Surroundings surroundings) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return surroundings.names().addresses(host).toArray(InetAddress[]::new);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host; // Asked for by Kerberos alone.
      }
    };
  }

  @Override
  public void close() {
    http.close();
  }
}
