// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

/** A request that belongs to no account. Any answer leaves a connection that is open. */
final class Ping {

  private static final String PATH = "/ping";

  /** More than a word is not worth the connection. */
  static final int ANSWER_BYTES_MAX = 64 << 10;

  private Ping() {}

  /**
   * Asks, and reads the answer to its end.
   *
   * @param time for all of it; positive
   * @return whether there was one
   */
  static boolean answered(Connections connections, URI endpoint, String userAgent, Duration time) {
    SdkHttpFullRequest request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol(endpoint.getScheme())
            .host(endpoint.getHost())
            .port(endpoint.getPort() == -1 ? null : endpoint.getPort())
            .encodedPath(PATH)
            .putHeader("User-Agent", userAgent)
            .build();
    ExecutableHttpRequest call =
        connections.http().prepareRequest(HttpExecuteRequest.builder().request(request).build());
    boolean whole = false;
    try (Deadlines.Running _ = connections.deadlines().watch(call, time)) {
      whole = read(call.call());
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      if (!whole) {
        call.abort();
      }
    }
  }

  private static boolean read(HttpExecuteResponse response) throws IOException {
    if (response.responseBody().isEmpty()) {
      return true;
    }
    try (InputStream in = response.responseBody().get()) {
      if (in.readNBytes(ANSWER_BYTES_MAX + 1).length <= ANSWER_BYTES_MAX) {
        return true;
      }
      response.responseBody().get().abort();
      return false;
    }
  }
}
