// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import java.net.URI;

/** Whether an endpoint is on this machine, by its name alone. */
public final class Loopback {

  private Loopback() {}

  public static boolean is(URI endpoint) {
    String host = String.valueOf(endpoint.getHost());
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }
}
