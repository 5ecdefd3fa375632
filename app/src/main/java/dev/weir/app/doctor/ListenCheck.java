// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.doctor;

import dev.weir.server.ListenAddress;
import dev.weir.server.ServerOptions;
import dev.weir.server.web.ServerConfigException;
import dev.weir.store.timestream.cause.Cause;
import dev.weir.store.timestream.diagnosis.Finding;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The port that the connector listens on: its files can be read, its doors may be open there, and
 * it is free, or a Weir has it already.
 */
final class ListenCheck {

  static final String NAME = "listen";

  private static final int TIME_MILLIS = 1_000;
  private static final int ANSWER_BYTES_MAX = 4_096;

  private ListenCheck() {}

  static Finding of(ServerOptions options) {
    try {
      options.check();
    } catch (ServerConfigException e) {
      return Finding.of(NAME, State.FAIL, String.valueOf(e.getMessage()));
    }
    ListenAddress address = options.listen();
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // As the server does.
      socket.bind(
          address.host().isEmpty()
              ? new InetSocketAddress(address.port())
              : new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
      return Finding.of(NAME, State.OK, address + " is free");
    } catch (IOException e) {
      if (isWeir(address)) {
        return Finding.of(NAME, State.OK, "a Weir listens on " + address + " already");
      }
      return Finding.of(
          NAME,
          State.FAIL,
          new Cause(
              "can't listen on %s: %s".formatted(address, e.getMessage()),
              "stop what has the port, unless it is this connector with TLS, or choose another by"
                  + " --web.listen-address"));
    }
  }

  /** Asks on this machine alone. */
  private static boolean isWeir(ListenAddress address) {
    try (Socket socket = new Socket()) {
      InetAddress host =
          address.host().isEmpty()
              ? InetAddress.getLoopbackAddress()
              : InetAddress.getByName(address.host());
      socket.connect(new InetSocketAddress(host, address.port()), TIME_MILLIS);
      socket.setSoTimeout(TIME_MILLIS);
      socket
          .getOutputStream()
          .write(
              "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(ANSWER_BYTES_MAX);
      String text = new String(answer, StandardCharsets.ISO_8859_1);
      return text.startsWith("HTTP/1.1 200") && text.contains("Weir");
    } catch (IOException e) {
      return false;
    }
  }
}
