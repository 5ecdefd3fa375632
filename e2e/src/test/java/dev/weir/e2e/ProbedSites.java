// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.weir.store.kit.identity.TestIdentity;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Local sites of every kind that a probe can be pointed at. */
final class ProbedSites implements AutoCloseable {

  static final String PAGE = "<html>welcome</html>";

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final TestIdentity authority = TestIdentity.authority("Weir test authority");
  private final HttpServer http;
  private final HttpsServer https;
  private final ServerSocket greeter;
  private final DatagramSocket names;

  ProbedSites() throws IOException {
    http = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    https = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(authority.sign("localhost").server()));
    for (HttpServer each : new HttpServer[] {http, https}) {
      each.createContext("/", ProbedSites::page);
      each.start();
    }
    greeter = new ServerSocket(0, 8, LOOPBACK);
    Thread.ofVirtual().start(this::greet);
    names = new DatagramSocket(0, LOOPBACK);
    Thread.ofVirtual().start(this::answer);
  }

  String authorityPem() {
    return authority.certificatePem();
  }

  String http() {
    return "127.0.0.1:" + http.getAddress().getPort();
  }

  String https() {
    return "127.0.0.1:" + https.getAddress().getPort();
  }

  /** Says {@code SSH-2.0-weir} to everybody. */
  String greeter() {
    return "127.0.0.1:" + greeter.getLocalPort();
  }

  /** Knows shop.example and nothing else. */
  String names() {
    return "127.0.0.1:" + names.getLocalPort();
  }

  private static void page(HttpExchange exchange) throws IOException {
    byte[] body = PAGE.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    int status = 200;
    switch (exchange.getRequestURI().getPath()) {
      case "/missing" -> status = 404;
      case "/moved" -> {
        exchange.getResponseHeaders().set("Location", "/");
        status = 302;
      }
      case "/dated" ->
          exchange.getResponseHeaders().set("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");
      case "/method" -> status = exchange.getRequestMethod().equals("POST") ? 200 : 405;
      case "/host" ->
          status = "shop.example".equals(exchange.getRequestHeaders().getFirst("Host")) ? 200 : 421;
      default -> {}
    }
    boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
    exchange.sendResponseHeaders(status, chunked ? 0 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void greet() {
    while (!greeter.isClosed()) {
      try (Socket connection = greeter.accept()) {
        connection.getOutputStream().write("SSH-2.0-weir\r\n".getBytes(StandardCharsets.US_ASCII));
        connection.getInputStream().read();
      } catch (IOException clientGone) {
        // The next one.
      }
    }
  }

  private void answer() {
    byte[] buffer = new byte[4096];
    while (!names.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        names.receive(packet);
        Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        byte[] answer = answer(query).toWire();
        names.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static Message answer(Message query) {
    Record question = query.getQuestion();
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RD);
    answer.addRecord(question, Section.QUESTION);
    if (!question.getName().toString().equals("shop.example.")) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    } else if (question.getType() == Type.SOA) {
      answer.addRecord(
          new SOARecord(
              question.getName(),
              DClass.IN,
              60,
              question.getName(),
              question.getName(),
              2026112201,
              1,
              2,
              3,
              4),
          Section.ANSWER);
    } else {
      answer.addRecord(
          new ARecord(question.getName(), DClass.IN, 300, InetAddress.ofLiteral("192.0.2.1")),
          Section.ANSWER);
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    http.stop(0);
    https.stop(0);
    greeter.close();
    names.close();
  }
}
