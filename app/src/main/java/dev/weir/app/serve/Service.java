// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

/** What runs until it is told to stop. */
interface Service {

  /**
   * Starts everything; what was started stops again when the rest fails.
   *
   * @return the address to open
   * @throws dev.weir.store.StoreException when the store can't be used
   * @throws dev.weir.server.web.ServerConfigException when the server can't or must not listen
   */
  String start();

  /** Drains: requests in flight end, what was acknowledged is durable. */
  void stop();
}
