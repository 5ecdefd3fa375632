// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/** One request, one answer. Thread-safe. */
final class Exchange {

  /** A page of a query is 1 MB at the most; JSON may double it, and more than this is not it. */
  static final int ANSWER_BYTES_MAX = 16 << 20;

  private static final int OK = 200;

  private final Connections connections;
  private final Signing signing;
  private final Destination destination;

  Exchange(Connections connections, Signing signing, Destination destination) {
    this.connections = connections;
    this.signing = signing;
    this.destination = destination;
  }

  /**
   * Sends a request, twice where this machine's clock was why it was refused.
   *
   * @param time for each attempt; positive
   */
  Answer send(URI endpoint, String target, byte[] body, Duration time) {
    Received first = attempt(endpoint, target, body, time);
    if (first.answer() instanceof Answer.Refused refused
        && signing.mend(refused.errorType(), first.date(), first.added())) {
      return attempt(endpoint, target, body, time).answer();
    }
    return first.answer();
  }

  private record Received(Answer answer, String date, Duration added) {}

  private Received attempt(URI endpoint, String target, byte[] body, Duration time) {
    Duration added = signing.skew();
    SignedRequest signed = signing.sign(endpoint, target, destination.userAgent(), body, added);
    ExecutableHttpRequest call =
        connections
            .http()
            .prepareRequest(
                HttpExecuteRequest.builder()
                    .request(signed.request())
                    .contentStreamProvider(signed.payload().orElse(null))
                    .build());
    boolean whole = false;
    try (Deadlines.Running watch = connections.deadlines().watch(call, time)) {
      try {
        HttpExecuteResponse response = call.call();
        byte[] received = read(endpoint, response);
        whole = true;
        return received(endpoint, response.httpResponse(), received, added);
      } catch (IOException | IllegalStateException e) {
        if (watch.expired()) {
          throw new StoreException(
              Kind.TIMED_OUT,
              "%s did not answer within %.1f s"
                  .formatted(endpoint.getAuthority(), time.toMillis() / 1_000.0),
              e);
        }
        throw NetworkFailures.of(e, endpoint);
      }
    } finally {
      if (!whole) {
        call.abort();
      }
    }
  }

  private static byte[] read(URI endpoint, HttpExecuteResponse response) throws IOException {
    if (response.responseBody().isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = response.responseBody().get()) {
      int expected =
          response
              .httpResponse()
              .firstMatchingHeader("Content-Length")
              .filter(length -> length.matches("[0-9]{1,9}"))
              .map(Integer::parseInt)
              .orElse(0);
      if (expected > 0 && expected <= ANSWER_BYTES_MAX) {
        byte[] body = new byte[expected];
        int length = in.readNBytes(body, 0, expected);
        return length == expected ? body : Arrays.copyOf(body, length);
      }
      byte[] body = in.readNBytes(ANSWER_BYTES_MAX + 1);
      if (body.length > ANSWER_BYTES_MAX) {
        response.responseBody().get().abort();
        throw new StoreException(
            Kind.UNAVAILABLE,
            "the answer of %s is over %d MiB, more than any of Timestream's"
                .formatted(endpoint.getAuthority(), ANSWER_BYTES_MAX >> 20));
      }
      return body;
    }
  }

  private static Received received(
      URI endpoint, SdkHttpResponse response, byte[] body, Duration added) {
    String date = response.firstMatchingHeader("Date").orElse("");
    if (response.statusCode() == OK && WireError.isObject(body)) {
      return new Received(new Answer.Done(body), date, added);
    }
    Optional<WireError> error =
        response.statusCode() == OK
            ? Optional.empty()
            : WireError.of(response.firstMatchingHeader("x-amzn-ErrorType"), body);
    return error
        .map(of -> new Received(new Answer.Refused(of.type(), of.message(), body), date, added))
        .orElseThrow(() -> notTimestream(endpoint, response));
  }

  private static StoreException notTimestream(URI endpoint, SdkHttpResponse response) {
    String type = response.firstMatchingHeader("Content-Type").orElse("no content type");
    return new StoreException(
        Kind.UNAVAILABLE,
        "%s answered status %d with %s, which is no answer of Timestream's; is there a proxy or a"
                .formatted(endpoint.getAuthority(), response.statusCode(), type)
            + " load balancer in between, or something else at that address?");
  }
}
