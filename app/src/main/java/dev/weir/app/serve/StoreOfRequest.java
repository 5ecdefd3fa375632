// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.store.timestream.RequestCredentials;
import dev.weir.store.timestream.TimestreamStores;
import java.util.Optional;
import java.util.function.BiFunction;

/** Finds the store that a request is meant for, by whose credentials it goes. Thread-safe. */
interface StoreOfRequest {

  /** The store; empty where the request brings no credentials. */
  Optional<WatchedStore> of(Request request);

  /** Each request brings its own credentials, as with the AWS connector. */
  static StoreOfRequest byCredentials(TimestreamStores stores, UpstreamWarnings warnings) {
    return request ->
        RequestCredentials.of(request.headers())
            .map(credentials -> new WatchedStore(stores.of(credentials), warnings));
  }

  /**
   * All go by the credentials that the SDK finds, and it looks for them when the first request
   * comes: until then nothing is asked of the surroundings.
   */
  static StoreOfRequest ofEnvironment(TimestreamStores stores, UpstreamWarnings warnings) {
    return _ -> Optional.of(new WatchedStore(stores.ofEnvironment(), warnings));
  }

  /** Hands requests on with their stores; without credentials they go no further. */
  default Handler handler(BiFunction<Request, WatchedStore, Response> handler) {
    return request ->
        of(request)
            .map(store -> handler.apply(request, store))
            .orElseGet(RequestCredentials::missing);
  }
}
