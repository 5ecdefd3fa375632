// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.function.Function;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Answers on one loopback port over UDP and TCP as the test says; no bytes mean no answer. */
final class FakeDnsServer implements AutoCloseable {

  private static final byte[] SILENCE = {};

  private final DatagramSocket datagrams;
  private final ServerSocket connections;

  FakeDnsServer(Function<Message, byte[]> overUdp, Function<Message, byte[]> overTcp)
      throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    OnePort port = OnePort.bound(loopback);
    connections = port.connections();
    datagrams = port.datagrams();
    Thread.ofVirtual().start(() -> serveUdp(overUdp));
    Thread.ofVirtual().start(() -> serveTcp(overTcp));
  }

  static FakeDnsServer answering(Function<Message, byte[]> answer) throws IOException {
    return new FakeDnsServer(answer, answer);
  }

  /** The answer with these records. */
  static Message answer(Message query, int rcode, Record... records) {
    Message answer = new Message(query.getHeader().getID());
    Header header = answer.getHeader();
    header.setFlag(Flags.QR);
    header.setRcode(rcode);
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    for (Record each : records) {
      answer.addRecord(each, Section.ANSWER);
    }
    return answer;
  }

  static byte[] silence() {
    return SILENCE;
  }

  String place() {
    return "127.0.0.1:" + connections.getLocalPort();
  }

  private void serveUdp(Function<Message, byte[]> answers) {
    byte[] buffer = new byte[4096];
    while (!datagrams.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        datagrams.receive(packet);
        byte[] answer =
            answers.apply(new Message(Arrays.copyOf(packet.getData(), packet.getLength())));
        if (answer.length > 0) {
          datagrams.send(
              new DatagramPacket(
                  answer,
                  answer.length,
                  new InetSocketAddress(packet.getAddress(), packet.getPort())));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serveTcp(Function<Message, byte[]> answers) {
    while (!connections.isClosed()) {
      try (Socket connection = connections.accept()) {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        byte[] answer = answers.apply(new Message(query));
        DataOutputStream out = new DataOutputStream(connection.getOutputStream());
        out.writeShort(answer.length);
        out.write(answer);
        out.flush();
      } catch (IOException clientGone) {
        // The next one.
      }
    }
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
    connections.close();
  }
}
