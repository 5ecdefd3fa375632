// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * Where calls go and as whose.
 *
 * @param region for endpoints and signatures; empty for the one that the SDK finds
 * @param writeEndpoint in place of Amazon's own for writing; empty to discover it
 * @param queryEndpoint in place of Amazon's own for queries; empty to discover it
 * @param userAgent what requests say of their sender
 */
public record Destination(
    Optional<String> region,
    Optional<URI> writeEndpoint,
    Optional<URI> queryEndpoint,
    String userAgent) {

  public Destination {
    requireNonNull(userAgent, "userAgent");
    writeEndpoint.ifPresent(Destination::check);
    queryEndpoint.ifPresent(Destination::check);
  }

  private static void check(URI endpoint) {
    if (endpoint.getScheme() == null || endpoint.getHost() == null) {
      throw new IllegalArgumentException(
          "an endpoint is a URL such as https://ingest.example:443, not " + endpoint);
    }
  }

  Optional<URI> endpoint(Operation.Api api) {
    return switch (api) {
      case WRITE -> writeEndpoint;
      case QUERY -> queryEndpoint;
    };
  }
}
