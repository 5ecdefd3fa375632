// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/**
 * Those who call a server of the tests: each is served by a thread of its own until it is closed.
 */
final class Callers {

  private Callers() {}

  /** Returns at once; whoever serves a caller closes its socket. */
  static void serve(ServerSocket listener, Consumer<Socket> each) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket caller = listener.accept();
              Thread.ofVirtual().start(() -> each.accept(caller));
            }
          } catch (IOException e) {
            // Closed.
          }
        });
  }
}
