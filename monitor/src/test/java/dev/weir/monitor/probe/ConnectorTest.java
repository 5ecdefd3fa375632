// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.store.kit.site.ClosedPort;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class ConnectorTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Timeouts SHORT = Timeouts.of(Duration.ofMillis(500));
  private static final NetworkPolicy ANY = address -> true;
  private static final InetAddress FOUR = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress OTHER_FOUR = InetAddress.ofLiteral("127.0.0.2");
  private static final InetAddress SIX = InetAddress.ofLiteral("::1");

  @Test
  void connectsToTheAddressThatWasFoundAndTakesBothTimes() throws Exception {
    try (ServerSocket server = listening(FOUR)) {
      var connected = connected(List.of(FOUR), AddressFamily.PREFER_IPV4, server.getLocalPort());
      assertThat(connected.address()).isEqualTo(FOUR);
      assertThat(connected.refused()).isNull();
      assertThat(connected.dnsNanos()).isPositive();
      assertThat(connected.connectNanos()).isPositive();
      assertThat(connected.socket().getTcpNoDelay()).isTrue();
      connected.socket().close();
    }
  }

  @Test
  void takesTheFirstAddressOfTheFamily() throws Exception {
    try (ServerSocket server = listening(OTHER_FOUR)) {
      var addresses = List.of(SIX, OTHER_FOUR, FOUR);
      var connected = connected(addresses, AddressFamily.ONLY_IPV4, server.getLocalPort());
      assertThat(connected.address()).isEqualTo(OTHER_FOUR);
      connected.socket().close();
    }
  }

  @Test
  void triesTheOtherFamilyWhereThePreferredOneRefusesAndTellsIt() throws Exception {
    try (ServerSocket server = listening(FOUR)) {
      var addresses = List.of(FOUR, SIX);
      var connected = connected(addresses, AddressFamily.PREFER_IPV6, server.getLocalPort());
      assertThat(connected.address()).isEqualTo(FOUR);
      assertThat(connected.refused()).isEqualTo(SIX);
      assertThat(connected.peer().refusedAddress()).isEqualTo("::1");
      connected.socket().close();
    }
  }

  @Test
  void refusalIsAFailure() throws Exception {
    try (ClosedPort closed = new ClosedPort()) {
      var unconnected = unconnected("site.test", host -> List.of(FOUR), ANY, closed.number());
      assertThat(unconnected.failure().errorClass()).isEqualTo(ErrorClass.CONNECT_REFUSED);
      assertThat(unconnected.failure().sentence()).startsWith("127.0.0.1:").contains("refused");
      assertThat(unconnected.peer().address()).isEqualTo("127.0.0.1");
      assertThat(unconnected.phases().dns()).isPositive();
      assertThat(unconnected.phases().connect()).isPositive();
    }
  }

  @Test
  void addressesOfIpv6AreToldInTheirShortForm() throws Exception {
    try (ClosedPort closed = new ClosedPort()) {
      var unconnected = unconnected("site.test", host -> List.of(SIX), ANY, closed.number());
      assertThat(unconnected.failure().sentence()).startsWith("[::1]:" + closed.number() + " ");
      assertThat(unconnected.peer().address()).isEqualTo("::1");
    }
  }

  @Test
  void silenceIsATimeoutOfTheConnectPart() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, FOUR)) {
      for (int i = 0; i < 2; i++) {
        waiting.add(new Socket(FOUR, full.getLocalPort()));
      }
      var unconnected =
          unconnected("site.test", host -> List.of(FOUR), ANY, full.getLocalPort(), SHORT);
      assertThat(unconnected.failure().errorClass()).isEqualTo(ErrorClass.CONNECT_TIMEOUT);
      assertThat(unconnected.failure().sentence())
          .endsWith("did not accept a connection within 500 ms");
      assertThat(unconnected.connectNanos()).isGreaterThanOrEqualTo(100_000_000L);
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void unknownNameIsAFailureWithoutAConnectPart() {
    var unconnected =
        unconnected(
            "nowhere.test",
            host -> {
              throw new UnknownHostException(host);
            },
            ANY,
            80);
    assertThat(unconnected.failure())
        .isEqualTo(new Failure(ErrorClass.DNS, "the name nowhere.test has no address"));
    assertThat(unconnected.phases().connect()).isEqualTo(Phases.NOT_REACHED);
    assertThat(unconnected.peer()).isNull();
  }

  @Test
  void familyThatTheHostDoesNotHaveIsAFailureOfTheDns() {
    var outcome =
        new Connector(host -> List.of(FOUR))
            .connect("site.test", 80, AddressFamily.ONLY_IPV6, timeouts(), ANY, soon());
    assertThat(((Connector.Unconnected) outcome).failure())
        .isEqualTo(new Failure(ErrorClass.DNS, "site.test has no IPv6 address"));
  }

  @Test
  void nameServerThatDoesNotAnswerIsLeftBehind() {
    CountDownLatch never = new CountDownLatch(1);
    Resolver silent =
        host -> {
          ConnectorTest.await(never);
          return List.of(FOUR);
        };
    Connector.Unconnected unconnected = null;
    while (unconnected == null) {
      try {
        unconnected = unconnected("slow.test", silent, ANY, 80, SHORT);
      } catch (Unable busy) {
        // This machine began the lookup too late to blame anybody else for it; it does in time.
      }
    }
    assertThat(unconnected.failure().errorClass()).isEqualTo(ErrorClass.DNS);
    assertThat(unconnected.failure().sentence()).endsWith("for slow.test within 500 ms");
    assertThat(unconnected.dnsNanos()).isBetween(100_000_000L, 20_000_000_000L);
  }

  @Test
  void policyIsAskedAboutLiteralsWithoutALookup() throws Exception {
    Resolver never =
        host -> {
          throw new AssertionError("looked up " + host);
        };
    for (String literal : List.of("127.0.0.1", "[::1]", "::1", "2130706433", "127.1")) {
      var unconnected = unconnected(literal, never, address -> !address.isLoopbackAddress(), 80);
      assertThat(unconnected.failure().errorClass())
          .as(literal)
          .isEqualTo(ErrorClass.BLOCKED_ADDRESS);
      assertThat(unconnected.dnsNanos()).isZero();
    }
  }

  @Test
  void policyIsAskedAboutTheSecondAddressToo() throws Exception {
    try (ClosedPort closed = new ClosedPort()) {
      var outcome =
          new Connector(host -> List.of(FOUR, SIX))
              .connect(
                  "site.test",
                  closed.number(),
                  AddressFamily.PREFER_IPV4,
                  timeouts(),
                  FOUR::equals,
                  soon());
      var unconnected = (Connector.Unconnected) outcome;
      // What is told is why the first one failed: the second may not be tried.
      assertThat(unconnected.failure().errorClass()).isEqualTo(ErrorClass.CONNECT_REFUSED);
      assertThat(unconnected.address()).isEqualTo(FOUR);
      assertThat(unconnected.refused()).isNull();
    }
  }

  @Test
  void familyThatThisMachineHasNotIsNoFaultOfTheSites() throws Exception {
    Supplier<Socket> withoutIpv6 =
        () ->
            new Socket() {
              @Override
              public void connect(SocketAddress to, int millis) throws IOException {
                if (((InetSocketAddress) to).getAddress().equals(SIX)) {
                  throw new BindException("Cannot assign requested address");
                }
                super.connect(to, millis);
              }
            };
    Connector connector = new Connector(new Lookups(_ -> List.of(FOUR, SIX)), withoutIpv6, MINUTE);
    try (ServerSocket server = listening(FOUR)) {
      var outcome =
          connector.connect(
              "site.test",
              server.getLocalPort(),
              AddressFamily.PREFER_IPV6,
              timeouts(),
              ANY,
              soon());
      assertThat(((Connector.Connected) outcome).refused()).isNull();
      ((Connector.Connected) outcome).socket().close();
    }
    try (ClosedPort closed = new ClosedPort()) {
      var refused =
          connector.connect(
              "site.test", closed.number(), AddressFamily.PREFER_IPV4, timeouts(), ANY, soon());
      assertThat(((Connector.Unconnected) refused).failure().errorClass())
          .isEqualTo(ErrorClass.CONNECT_REFUSED);
    }
    assertThatThrownBy(() ->
            connector.connect("site.test", 80, AddressFamily.ONLY_IPV6, timeouts(), ANY, soon()))
        .isInstanceOf(Unable.class)
        .hasMessageContaining("to connect to site.test from");
  }

  @Test
  void refusalByTheSecondAddressIsOneHoweverLongTheFirstTook() {
    Duration limit = Duration.ofMillis(20);
    Supplier<Socket> slowThenRefusing =
        () ->
            new Socket() {
              @Override
              public void connect(SocketAddress to, int millis) throws IOException {
                if (((InetSocketAddress) to).getAddress().equals(SIX)) {
                  throw new ConnectException("Connection refused");
                }
                long begin = System.nanoTime();
                while (System.nanoTime() - begin <= limit.toNanos()) {
                  Thread.onSpinWait();
                }
                throw new ConnectException("Connection timed out");
              }
            };
    Connector connector =
        new Connector(new Lookups(_ -> List.of(FOUR, SIX)), slowThenRefusing, limit);
    for (AddressFamily family : List.of(AddressFamily.ONLY_IPV4, AddressFamily.PREFER_IPV4)) {
      var outcome = connector.connect("site.test", 80, family, timeouts(), ANY, soon());
      assertThat(((Connector.Unconnected) outcome).failure().errorClass())
          .as("%s", family)
          .isEqualTo(
              family == AddressFamily.ONLY_IPV4
                  ? ErrorClass.CONNECT_TIMEOUT
                  : ErrorClass.CONNECT_REFUSED);
    }
  }

  @Test
  void lookupThatGetsNoPlaceIsOurOwnFaultAndItsWaitIsNoTimeOfTheDns() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Resolver resolver =
        host -> {
          if (host.equals("dead.test")) {
            asked.countDown();
            ConnectorTest.await(mayEnd);
          }
          return List.of(FOUR);
        };
    Lookups one = new Lookups(resolver, 1);
    Thread held =
        Thread.startVirtualThread(() -> one.find("dead.test", new Deadline(soon(), 0, MINUTE)));
    asked.await();
    assertThatThrownBy(
            () -> one.find("well.test", Deadline.of(Duration.ofMillis(20), MINUTE, soon())))
        .isInstanceOf(Unable.class)
        .hasMessageStartingWith("well.test was not looked up within 20 ms");
    var found = new LinkedBlockingQueue<Lookups.Found>();
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> found.add(one.find("well.test", Deadline.of(MINUTE, MINUTE, soon()))));
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    long waited = System.nanoTime();
    while (System.nanoTime() - waited < 50_000_000) {
      Thread.onSpinWait();
    }
    long free = System.nanoTime();
    mayEnd.countDown();
    long nanos = found.take().nanos();
    assertThat(nanos).isBetween(0L, System.nanoTime() - free);
    held.join();
  }

  @Test
  void interruptEndsALookup() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Resolver silent =
        host -> {
          asked.countDown();
          try {
            never.await();
          } catch (InterruptedException leftBehind) {
            throw new UnknownHostException(host);
          }
          return List.of(FOUR);
        };
    var outcomes = new LinkedBlockingQueue<Connector.Outcome>();
    Thread thread =
        Thread.startVirtualThread(() ->
            outcomes.add(
                new Connector(silent)
                    .connect("site.test", 80, AddressFamily.PREFER_IPV4, timeouts(), ANY, soon())));
    asked.await();
    thread.interrupt();
    var unconnected = (Connector.Unconnected) outcomes.poll(30, TimeUnit.SECONDS);
    assertThat(unconnected).isNotNull();
    assertThat(unconnected.failure().errorClass()).isEqualTo(ErrorClass.TIMEOUT);
  }

  @Test
  void proxyOfTheJvmIsNotUsed() throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(new SocksForAll());
    try (ServerSocket server = listening(FOUR)) {
      var connected = connected(List.of(FOUR), AddressFamily.PREFER_IPV4, server.getLocalPort());
      assertThat(connected.socket().getPort()).isEqualTo(server.getLocalPort());
      connected.socket().close();
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void systemResolverFindsNamesAndKeepsNone() throws Exception {
    assertThat(Resolver.system().addresses("localhost"))
        .isNotEmpty()
        .allMatch(InetAddress::isLoopbackAddress);
    assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("0");
    assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("0");
  }

  private static void await(CountDownLatch latch) throws UnknownHostException {
    try {
      latch.await();
    } catch (InterruptedException leftBehind) {
      throw new UnknownHostException();
    }
  }

  private static long soon() {
    return System.nanoTime() + MINUTE.toNanos();
  }

  private static Connector.Connected connected(
      List<InetAddress> addresses, AddressFamily family, int port) {
    var outcome =
        new Connector(host -> addresses)
            .connect("site.test", port, family, timeouts(), ANY, soon());
    assertThat(outcome).isInstanceOf(Connector.Connected.class);
    return (Connector.Connected) outcome;
  }

  /** Sends everything to a port where nobody listens. */
  private static final class SocksForAll extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      return List.of(new Proxy(Proxy.Type.SOCKS, new InetSocketAddress("127.0.0.1", 1)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException cause) {
      // The test sees it.
    }
  }

  private static Connector.Unconnected unconnected(
      String host, Resolver resolver, NetworkPolicy policy, int port) {
    return unconnected(host, resolver, policy, port, timeouts());
  }

  private static Connector.Unconnected unconnected(
      String host, Resolver resolver, NetworkPolicy policy, int port, Timeouts timeouts) {
    var outcome =
        new Connector(resolver)
            .connect(host, port, AddressFamily.PREFER_IPV4, timeouts, policy, soon());
    assertThat(outcome).isInstanceOf(Connector.Unconnected.class);
    return (Connector.Unconnected) outcome;
  }

  private static Timeouts timeouts() {
    return Timeouts.of(MINUTE);
  }

  private static ServerSocket listening(InetAddress address) throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(new InetSocketAddress(address, 0));
    return server;
  }
}
