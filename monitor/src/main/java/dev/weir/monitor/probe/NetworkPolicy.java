// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.net.InetAddress;

/**
 * Which addresses a customer's checks may connect to; asked with the resolved address immediately
 * before each connection, at every hop, literals included. Thread-safe.
 */
@FunctionalInterface
public interface NetworkPolicy {

  /** Whether a connection to this address may be made. */
  boolean allows(InetAddress address);
}
