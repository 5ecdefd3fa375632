// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.address.AddressText;
import dev.weir.monitor.check.Check;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question on its way, and the times it takes. For one use. */
final class DnsExchange {
  private final Connector connector;
  private final Check.Dns check;
  private final DnsServer server;
  private final NetworkPolicy allowed;
  private final DnsQuestion question;
  private final long deadlineNanos;
  private final long begin = System.nanoTime();
  private long dnsNanos = Phases.NOT_REACHED;
  private long connectNanos = Phases.NOT_REACHED;
  private long waitingNanos = Phases.NOT_REACHED;
  private @Nullable InetAddress asked;
  private @Nullable Peer peer;

  DnsExchange(
      Connector connector,
      Check.Dns check,
      DnsServer server,
      DnsQuestion question,
      NetworkPolicy allowed,
      long deadlineNanos) {
    this.connector = connector;
    this.check = check;
    this.server = server;
    this.allowed = allowed;
    this.question = question;
    this.deadlineNanos = deadlineNanos;
  }

  Measurement measure() {
    try {
      DnsQuestion.Answer answer = check.tcp() ? overTcp(server.host()) : overUdp();
      if (answer.cutOff() && !check.tcp()) {
        answer = overTcp(asked == null ? server.host() : asked.getHostAddress());
      }
      return measured(answer.reply(), null);
    } catch (Broken broken) {
      return measured(null, broken.failure());
    }
  }

  private Measurement measured(Reply.@Nullable Dns reply, @Nullable Failure failure) {
    Phases phases =
        new Phases(
            dnsNanos,
            connectNanos,
            Phases.NOT_REACHED,
            Phases.NOT_REACHED,
            waitingNanos,
            Phases.NOT_REACHED);
    Hop hop = new Hop(server.toString(), phases, peer, null, null);
    return new Measurement(System.nanoTime() - begin, List.of(hop), reply, failure);
  }

  private DnsQuestion.Answer overUdp() throws Broken {
    Connector.Route route =
        connector.route(server.host(), check.family(), check.timeouts(), allowed, deadlineNanos);
    return switch (route) {
      case Connector.Unconnected unconnected -> {
        dnsNanos = unconnected.dnsNanos();
        peer = unconnected.peer();
        throw broken(unconnected.failure());
      }
      case Connector.Found(InetAddress address, long nanos) -> {
        dnsNanos = nanos;
        asked = address;
        peer = new Peer(AddressText.of(address), null, null, null, null);
        yield overUdp(address);
      }
    };
  }

  private DnsQuestion.Answer overUdp(InetAddress address) throws Broken {
    long connecting = System.nanoTime();
    Deadline deadline =
        Deadline.of(check.timeouts().waiting(), check.timeouts().total(), deadlineNanos);
    try (DatagramSocket socket = opened()) {
      socket.connect(new InetSocketAddress(address, server.port()));
      long asking = System.nanoTime();
      connectNanos = asking - connecting;
      try {
        byte[] wire = question.wire();
        socket.send(new DatagramPacket(wire, wire.length));
        return answer(socket, deadline);
      } finally {
        waitingNanos = System.nanoTime() - asking;
      }
    } catch (IOException cause) {
      throw broken(cause, deadline);
    }
  }

  private static DatagramSocket opened() {
    try {
      DatagramSocket socket = new DatagramSocket();
      MeasuringThread.waitsFor(socket);
      return socket;
    } catch (SocketException cause) {
      throw Connector.unopened(cause);
    }
  }

  /** What is no answer to the question is nobody's: it may be late, or forged. */
  private DnsQuestion.Answer answer(DatagramSocket socket, Deadline deadline)
      throws IOException, Broken {
    DatagramPacket packet =
        new DatagramPacket(new byte[DnsQuestion.BYTES_MAX], DnsQuestion.BYTES_MAX);
    while (true) {
      if (deadline.passed()) {
        throw new SocketTimeoutException();
      }
      socket.setSoTimeout(deadline.remainingMillis());
      packet.setLength(DnsQuestion.BYTES_MAX);
      socket.receive(packet);
      byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
      if (question.isAnsweredBy(bytes)) {
        return question.read(bytes, server.toString());
      }
    }
  }

  /** On the address that was asked before, so that no lookup comes in between. */
  private DnsQuestion.Answer overTcp(String host) throws Broken {
    Connector.Outcome outcome =
        connector.connect(
            host, server.port(), check.family(), check.timeouts(), allowed, deadlineNanos);
    dnsNanos = Math.max(dnsNanos, outcome.dnsNanos());
    connectNanos = outcome.connectNanos();
    peer = outcome.peer();
    return switch (outcome) {
      case Connector.Unconnected unconnected -> throw broken(unconnected.failure());
      case Connector.Connected connected -> overTcp(connected);
    };
  }

  private DnsQuestion.Answer overTcp(Connector.Connected connected) throws Broken {
    Deadline deadline =
        Deadline.of(check.timeouts().waiting(), check.timeouts().total(), deadlineNanos);
    long asking = System.nanoTime();
    try (var socket = connected.socket()) {
      Wire wire = new Wire(socket, deadline);
      wire.until(deadline, () -> late(deadline));
      wire.write(question.framed());
      byte[] bytes = new byte[next(wire) << 8 | next(wire)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) next(wire);
      }
      if (!question.isAnsweredBy(bytes)) {
        throw new Broken(
            ErrorClass.PROTOCOL, server + " answered something other than the question");
      }
      return question.read(bytes, server.toString());
    } catch (IOException cause) {
      throw broken(cause, deadline);
    } finally {
      waitingNanos = Math.max(0, waitingNanos) + System.nanoTime() - asking;
    }
  }

  private int next(Wire wire) throws Broken {
    int next = wire.read();
    if (next < 0) {
      throw new Broken(
          wire.received() == 0 || wire.end() == Wire.End.RESET
              ? ErrorClass.RESET
              : ErrorClass.TRUNCATED_BODY,
          server + " closed the connection before its answer was complete");
    }
    return next;
  }

  private String late(Deadline deadline) {
    return "%s gave no answer for %s within %s".formatted(server, question, deadline.limitText());
  }

  private static Broken broken(Failure failure) {
    return new Broken(failure.errorClass(), failure.sentence());
  }

  private Broken broken(IOException cause, Deadline deadline) {
    if (cause instanceof Broken ours) {
      return ours;
    }
    if (cause instanceof PortUnreachableException) {
      return new Broken(
          ErrorClass.CONNECT_REFUSED, server + " refuses questions: nothing listens there");
    }
    if (Thread.currentThread().isInterrupted()) {
      return new Broken(
          ErrorClass.TIMEOUT, "the check was ended before %s answered".formatted(server));
    }
    return cause instanceof SocketTimeoutException
        ? new Broken(ErrorClass.TIMEOUT, late(deadline))
        : new Broken(ErrorClass.RESET, server + " could not be asked: the network is broken");
  }
}
