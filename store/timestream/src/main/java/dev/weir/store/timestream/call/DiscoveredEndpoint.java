// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** An answer of DescribeEndpoints: where an API is served, and when to ask again. */
record DiscoveredEndpoint(URI address, Instant renewAt) {

  /** A period of none would ask before each call. */
  static final Duration PERIOD_MIN = Duration.ofMinutes(1);

  /** Amazon says a day at the most; more is not believed. */
  static final Duration PERIOD_MAX = Duration.ofDays(7);

  private static final JsonFactory JSON = new JsonFactory();

  DiscoveredEndpoint renewedAt(Instant other) {
    return new DiscoveredEndpoint(address, other);
  }

  /** The first endpoint of an answer, as Amazon's guide on endpoint discovery has it. */
  static DiscoveredEndpoint of(URI host, byte[] body, Instant now) {
    String address = null;
    long minutes = 0;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean endpoints = json.currentName().equals("Endpoints");
        if (endpoints && json.nextToken() == JsonToken.START_ARRAY) {
          if (json.nextToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
              String name = json.currentName();
              JsonToken value = json.nextToken();
              if (name.equals("Address") && value == JsonToken.VALUE_STRING) {
                address = json.getString();
              } else if (name.equals("CachePeriodInMinutes")
                  && value == JsonToken.VALUE_NUMBER_INT) {
                minutes = Math.min(json.getLongValue(), PERIOD_MAX.toMinutes());
              } else {
                json.skipChildren();
              }
            }
          }
          break;
        }
        if (!endpoints) {
          json.nextToken();
        }
        json.skipChildren();
      }
    } catch (JacksonException e) {
      throw unusable(host, "is not JSON", e);
    }
    if (address == null) {
      throw unusable(host, "names no endpoint", null);
    }
    Duration period = Duration.ofMinutes(Math.max(minutes, PERIOD_MIN.toMinutes()));
    return new DiscoveredEndpoint(uri(host, address), now.plus(period));
  }

  private static URI uri(URI host, String address) {
    try {
      URI uri = new URI(address.contains("://") ? address : "https://" + address);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw unusable(host, "names an endpoint that is no address: " + address, e);
    }
    throw unusable(host, "names an endpoint that is no address: " + address, null);
  }

  private static StoreException unusable(URI host, String what, @Nullable Throwable cause) {
    return new StoreException(
        Kind.UNAVAILABLE,
        "the answer of %s to DescribeEndpoints %s".formatted(host.getAuthority(), what),
        cause);
  }
}
