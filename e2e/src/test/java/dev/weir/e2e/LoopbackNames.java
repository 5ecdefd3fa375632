// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A server of the DNS on loopback: it knows the address of a few names, and no others. */
final class LoopbackNames implements AutoCloseable {

  private static final int HEADER_BYTES = 12;
  private static final int ANSWER_NXDOMAIN = 0x8183;
  private static final int ANSWER_NOERROR = 0x8180;
  private static final int POINTER_TO_QUESTION = 0xc00c;
  private static final int TYPE_A = 1;
  private static final int CLASS_INTERNET = 1;
  private static final int LIFE_SECONDS = 60;

  private final DatagramSocket socket;
  private final Map<String, InetAddress> addresses;

  /** Answers at once; names without the last dot. */
  LoopbackNames(Map<String, InetAddress> addresses) throws IOException {
    this.addresses = Map.copyOf(addresses);
    this.socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().name("loopback-names").start(this::serve);
  }

  /** Where it listens, as a site's resolver is written. */
  String place() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    byte[] buffer = new byte[4_096];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** The question comes first after the header (RFC 1035, 4.1); what follows it is left out. */
  private byte[] answer(ByteBuffer query) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    query.position(HEADER_BYTES);
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      if (name.size() > 0) {
        name.write('.');
      }
      name.writeBytes(label);
    }
    int questionEnd = query.position() + 4;
    InetAddress address = addresses.get(name.toString(StandardCharsets.US_ASCII));
    ByteBuffer answer = ByteBuffer.allocate(questionEnd + 16);
    answer.putShort(query.getShort(0));
    answer.putShort((short) (address == null ? ANSWER_NXDOMAIN : ANSWER_NOERROR));
    answer.putShort((short) 1).putShort((short) (address == null ? 0 : 1)).putInt(0);
    answer.put(query.array(), HEADER_BYTES, questionEnd - HEADER_BYTES);
    if (address != null) {
      answer.putShort((short) POINTER_TO_QUESTION);
      answer.putShort((short) TYPE_A).putShort((short) CLASS_INTERNET).putInt(LIFE_SECONDS);
      answer.putShort((short) 4).put(address.getAddress());
    }
    byte[] bytes = new byte[answer.position()];
    answer.flip().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    socket.close();
  }
}
