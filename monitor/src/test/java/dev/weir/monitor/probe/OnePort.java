// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Sockets of TCP and UDP that have the same number. */
record OnePort(ServerSocket connections, DatagramSocket datagrams) {

  private static final int ATTEMPTS_MAX = 100;

  /** A number that is free over TCP may be another's over UDP: then the next one is tried. */
  static OnePort bound(InetAddress address) throws IOException {
    for (int attempt = 1; ; attempt++) {
      ServerSocket connections = new ServerSocket(0, 8, address);
      try {
        return new OnePort(connections, new DatagramSocket(connections.getLocalPort(), address));
      } catch (BindException taken) {
        connections.close();
        if (attempt == ATTEMPTS_MAX) {
          throw taken;
        }
      }
    }
  }
}
