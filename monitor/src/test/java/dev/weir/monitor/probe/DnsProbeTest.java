// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.store.kit.site.ClosedPort;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;

final class DnsProbeTest {

  private static final Name SHOP = name("shop.example.");
  private static final Record ADDRESS =
      new ARecord(SHOP, DClass.IN, 300, InetAddress.ofLiteral("192.0.2.1"));
  private static final Record ZONE =
      new SOARecord(SHOP, DClass.IN, 60, SHOP, SHOP, 2026112201, 1, 2, 3, 4);

  private final Connector connector =
      new Connector(host -> {
        throw new UnknownHostException(host);
      });

  private record Case(
      String name, Function<Message, byte[]> answers, boolean tcp, ErrorClass wanted) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> faults() {
    Function<Message, byte[]> nonsense =
        query -> {
          byte[] good = FakeDnsServer.answer(query, Rcode.NOERROR, ADDRESS).toWire();
          good[5] = 9; // Nine questions, of which one is there.
          return good;
        };
    Function<Message, byte[]> otherQuestion =
        query -> {
          Message answer = FakeDnsServer.answer(query, Rcode.NOERROR, ADDRESS);
          answer.removeAllRecords(Section.QUESTION);
          answer.addRecord(Record.newRecord(name("other.example."), 1, DClass.IN), 0);
          return answer.toWire();
        };
    return Stream.of(
        new Case("no answer", _ -> FakeDnsServer.silence(), false, ErrorClass.TIMEOUT),
        new Case(
            "an answer to somebody else",
            query -> {
              byte[] answer = FakeDnsServer.answer(query, Rcode.NOERROR, ADDRESS).toWire();
              answer[0] ^= 1;
              return answer;
            },
            false,
            ErrorClass.TIMEOUT),
        new Case("the question echoed", Message::toWire, false, ErrorClass.TIMEOUT),
        new Case("nonsense", nonsense, false, ErrorClass.PROTOCOL),
        new Case("nonsense over TCP", nonsense, true, ErrorClass.PROTOCOL),
        new Case("another question's answer", otherQuestion, false, ErrorClass.PROTOCOL),
        new Case(
            "something else over TCP",
            _ -> "HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII),
            true,
            ErrorClass.PROTOCOL));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachFaultHasItsClassAndNamesTheServer(Case fault) throws Exception {
    try (FakeDnsServer server = FakeDnsServer.answering(fault.answers())) {
      Measurement measured =
          new DnsProbe(connector, _ -> true, () -> null)
              .request(
                  check(
                      Optional.of(server.place()),
                      "A",
                      fault.tcp(),
                      fault.wanted() == ErrorClass.TIMEOUT
                          ? Duration.ofMillis(300)
                          : Duration.ofSeconds(20)),
                  soon());
      assertThat(measured.failure().errorClass()).isEqualTo(fault.wanted());
      assertThat(measured.failure().sentence()).contains(server.place());
      assertThat(measured.reply()).isNull();
      assertThat(measured.last().phases().waiting()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void anAnswerIsReadInFull(boolean tcp) throws Exception {
    try (FakeDnsServer server =
        FakeDnsServer.answering(query -> {
          Message answer = FakeDnsServer.answer(query, Rcode.NOERROR, ADDRESS, ZONE);
          answer.addRecord(ZONE, Section.AUTHORITY);
          answer.addRecord(ADDRESS, Section.ADDITIONAL);
          return answer.toWire();
        })) {
      Measurement measured = measure(server.place(), "ANY", tcp, _ -> true);
      assertThat(measured.failure()).isNull();
      Reply.Dns reply = (Reply.Dns) measured.reply();
      assertThat(reply.responseCode()).isEqualTo("NOERROR");
      assertThat(reply.answers()).hasSize(2).contains("shop.example.\t300\tIN\tA\t192.0.2.1");
      assertThat(reply.authorities()).isEqualTo(1);
      assertThat(reply.additionals()).isEqualTo(1);
      assertThat(reply.serial()).isEqualTo(2026112201L);
      Phases phases = measured.last().phases();
      assertThat(phases.dns()).isZero();
      assertThat(phases.connect()).isNotNegative();
      assertThat(phases.waiting()).isPositive();
      assertThat(measured.last().peer().address()).isEqualTo("127.0.0.1");
      assertThat(measured.latencyNanos()).isGreaterThanOrEqualTo(phases.totalNanos());
    }
  }

  @ParameterizedTest
  @CsvSource({"2001:db8:0:0:0:0:0:1,2001:db8::1", "::ffff:192.0.2.1,::ffff:192.0.2.1"})
  void addressesOfIpv6AreToldInTheirShortForm(String address, String wanted) throws Exception {
    Record six = new AAAARecord(SHOP, DClass.IN, 60, Address.toByteArray(address, Address.IPv6));
    try (FakeDnsServer server =
        FakeDnsServer.answering(
            query -> FakeDnsServer.answer(query, Rcode.NOERROR, six).toWire())) {
      Measurement measured = measure(server.place(), "AAAA", false, _ -> true);
      assertThat(((Reply.Dns) measured.reply()).answers())
          .containsExactly("shop.example.\t60\tIN\tAAAA\t" + wanted);
    }
  }

  @Test
  void aResponseCodeIsAnAnswerAndNoFailureOfTheProbe() throws Exception {
    try (FakeDnsServer server =
        FakeDnsServer.answering(query -> FakeDnsServer.answer(query, Rcode.NXDOMAIN).toWire())) {
      Measurement measured = measure(server.place(), "A", false, _ -> true);
      assertThat(measured.failure()).isNull();
      assertThat(((Reply.Dns) measured.reply()).responseCode()).isEqualTo("NXDOMAIN");
      assertThat(((Reply.Dns) measured.reply()).serial()).isEqualTo(-1);
    }
  }

  @Test
  void whatWasCutOffIsAskedAgainOverTcp() throws Exception {
    AtomicInteger datagrams = new AtomicInteger();
    Function<Message, byte[]> cut =
        query -> {
          datagrams.incrementAndGet();
          Message answer = FakeDnsServer.answer(query, Rcode.NOERROR);
          answer.getHeader().setFlag(Flags.TC);
          return answer.toWire();
        };
    Function<Message, byte[]> whole =
        query -> FakeDnsServer.answer(query, Rcode.NOERROR, ADDRESS).toWire();
    try (FakeDnsServer server = new FakeDnsServer(cut, whole)) {
      Measurement measured = measure(server.place(), "A", false, _ -> true);
      assertThat(((Reply.Dns) measured.reply()).answers()).hasSize(1);
      assertThat(datagrams).hasValue(1);
    }
  }

  @Test
  void aServerThatIsAskedAgainOverTcpIsLookedUpOnce() throws Exception {
    Function<Message, byte[]> cut =
        query -> {
          Message answer = FakeDnsServer.answer(query, Rcode.NOERROR);
          answer.getHeader().setFlag(Flags.TC);
          return answer.toWire();
        };
    AtomicInteger lookups = new AtomicInteger();
    Connector counting =
        new Connector(_ -> {
          lookups.incrementAndGet();
          return List.of(InetAddress.ofLiteral("127.0.0.1"));
        });
    try (FakeDnsServer server =
        new FakeDnsServer(
            cut, query -> FakeDnsServer.answer(query, Rcode.NOERROR, ADDRESS).toWire())) {
      String named = "dns.example:" + DnsServer.of(server.place()).port();
      Measurement measured =
          new DnsProbe(counting, _ -> true, () -> null)
              .request(check(Optional.of(named), "A", false), soon());
      assertThat(((Reply.Dns) measured.reply()).answers()).hasSize(1);
      assertThat(measured.last().phases().dns()).isPositive();
      assertThat(lookups).hasValue(1);
    }
  }

  @Test
  void nobodyListeningIsARefusal() throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (DatagramSocket deaf = new DatagramSocket(0, loopback);
        ClosedPort closed = new ClosedPort()) {
      deaf.connect(loopback, 9); // The port is taken, and nobody else's datagrams are let in.
      assertThat(askedAt(deaf.getLocalPort(), false)).isEqualTo(ErrorClass.CONNECT_REFUSED);
      assertThat(askedAt(closed.number(), true)).isEqualTo(ErrorClass.CONNECT_REFUSED);
    }
  }

  private ErrorClass askedAt(int port, boolean tcp) throws IOException {
    return measure("127.0.0.1:" + port, "A", tcp, _ -> true).failure().errorClass();
  }

  @Test
  void aClosedConnectionIsToldFromACutAnswer() throws Exception {
    try (FakeTlsServer server =
        FakeTlsServer.acting(connection -> connection.getInputStream().readNBytes(20))) {
      Measurement measured = measure("127.0.0.1:" + server.port(), "A", true, _ -> true);
      assertThat(measured.failure().errorClass()).isEqualTo(ErrorClass.RESET);
    }
    try (FakeTlsServer server =
        FakeTlsServer.acting(connection -> {
          connection.getInputStream().readNBytes(32);
          connection.getOutputStream().write(new byte[] {0, 40, 1, 2, 3});
        })) {
      Measurement measured = measure("127.0.0.1:" + server.port(), "A", true, _ -> true);
      assertThat(measured.failure().errorClass()).isEqualTo(ErrorClass.TRUNCATED_BODY);
    }
  }

  @Test
  void thePolicyIsAskedForAServerThatTheCheckNamesAndNotForTheSystems() throws Exception {
    try (FakeDnsServer server =
        FakeDnsServer.answering(
            query -> FakeDnsServer.answer(query, Rcode.NOERROR, ADDRESS).toWire())) {
      for (boolean tcp : new boolean[] {false, true}) {
        Measurement measured = measure(server.place(), "A", tcp, _ -> false);
        assertThat(measured.failure().errorClass()).isEqualTo(ErrorClass.BLOCKED_ADDRESS);
      }
      int port = DnsServer.of(server.place()).port();
      DnsProbe probe =
          new DnsProbe(connector, _ -> false, () -> new InetSocketAddress("127.0.0.1", port));
      assertThat(probe.request(check(Optional.empty(), "A", false), soon()).failure()).isNull();
    }
  }

  @Test
  void whatCanNotBeAskedIsSaid() throws IOException {
    assertThatThrownBy(() -> measure("127.0.0.1:0", "A", false, _ -> true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'127.0.0.1:0'");
    assertThatThrownBy(() -> measure("127.0.0.1", "NONSENSE", false, _ -> true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'NONSENSE' is no type");
    assertThat(measure("nowhere.example", "A", false, _ -> true).failure().errorClass())
        .isEqualTo(ErrorClass.DNS);
    DnsProbe probe = new DnsProbe(connector, _ -> true, () -> null);
    assertThatThrownBy(() -> probe.request(check(Optional.empty(), "A", false), soon()))
        .isInstanceOf(Unable.class)
        .hasMessageContaining("no name server");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.1:53",
    "192.0.2.1:5353,192.0.2.1:5353",
    "dns.example.,dns.example:53",
    "[2001:db8::1]:5353,[2001:db8::1]:5353",
    "2001:db8::1,[2001:db8::1]:53",
    "[2001:db8::1],[2001:db8::1]:53"
  })
  void aServerIsWrittenWithOrWithoutItsPort(String text, String wanted) {
    assertThat(DnsServer.of(text)).hasToString(wanted);
  }

  private Measurement measure(String server, String type, boolean tcp, NetworkPolicy policy) {
    return new DnsProbe(connector, policy, () -> null)
        .request(check(Optional.of(server), type, tcp), soon());
  }

  private static Check.Dns check(Optional<String> server, String type, boolean tcp) {
    return check(server, type, tcp, Duration.ofSeconds(20));
  }

  private static Check.Dns check(
      Optional<String> server, String type, boolean tcp, Duration timeout) {
    return new Check.Dns(
        "shop.example", type, server, tcp, AddressFamily.PREFER_IPV4, Timeouts.of(timeout));
  }

  private static long soon() {
    return System.nanoTime() + Duration.ofSeconds(20).toNanos();
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text);
    } catch (TextParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
