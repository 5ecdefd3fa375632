// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;

/** Gives away one socket, once: connections are made by the connector alone. */
final class OnlySocket extends SocketFactory {

  private final Socket socket;
  private final AtomicBoolean given = new AtomicBoolean();

  OnlySocket(Socket socket) {
    this.socket = socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    if (given.compareAndSet(false, true)) {
      return socket;
    }
    throw new ConnectException("this connection was used before");
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket();
  }
}
