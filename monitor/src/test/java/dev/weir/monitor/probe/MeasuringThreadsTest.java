// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.HttpVersion;
import dev.weir.monitor.check.Check.Tcp.Step;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
final class MeasuringThreadsTest {

  private static final Timeouts LONG = Timeouts.of(Duration.ofSeconds(60));

  private final SiteProber prober =
      new SiteProber(
          TestCheck.loopback(), TestCheck.PLAIN, InstantSource.system(), Thread::sleep, "test");

  @Test
  void theyArePlatformThreadsThatKeepNoProcessAlive() {
    try (ExecutorService threads = MeasuringThreads.upTo(1, "check-")) {
      Thread thread = MeasuringThreads.call(threads, Thread::currentThread);
      assertThat(thread.isVirtual()).isFalse();
      assertThat(thread.isDaemon()).isTrue();
      assertThat(thread.getName()).isEqualTo("check-0");
    }
  }

  @Test
  void workBeyondTheLimitWaitsForAThreadThatIsFree() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    BlockingQueue<Thread> begun = new LinkedBlockingQueue<>();
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = MeasuringThreads.upTo(2, "check-")) {
      Runnable work =
          () -> {
            begun.add(Thread.currentThread());
            used.add(Thread.currentThread());
            await(mayEnd);
          };
      threads.execute(work);
      threads.execute(work);
      begun.take();
      begun.take();
      Thread third = Thread.ofPlatform().start(() -> threads.execute(work));
      while (third.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      assertThat(begun).isEmpty();
      mayEnd.countDown();
      begun.take();
      third.join();
    }
    assertThat(used).hasSize(2);
  }

  @Test
  void aThreadThatIsFreeIsTakenBeforeOneIsMade() {
    try (ExecutorService threads = MeasuringThreads.upTo(100, "check-")) {
      Set<Thread> used = ConcurrentHashMap.newKeySet();
      for (int i = 0; i < 1_000; i++) {
        used.add(MeasuringThreads.call(threads, Thread::currentThread));
      }
      // Who waits may be back before the thread is free again.
      assertThat(used).hasSizeLessThan(20);
    }
  }

  @Test
  void whatTheWorkThrowsComesOut() {
    try (ExecutorService threads = MeasuringThreads.upTo(1, "check-")) {
      assertThatThrownBy(() ->
              MeasuringThreads.call(
                  threads,
                  () -> {
                    throw new IllegalArgumentException("as it is");
                  }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("as it is");
    }
  }

  @Test
  void whereTheSystemGivesNoThreadItIsSaid() {
    try (ExecutorService threads =
        MeasuringThreads.upTo(
            1,
            _ -> {
              throw new OutOfMemoryError("unable to create native thread");
            })) {
      assertThatThrownBy(() -> threads.execute(() -> {}))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("raise its limit");
    }
  }

  @Test
  void nobodyWaitsForWorkAfterAnInterruptAndTheWorkEnds() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (ExecutorService threads = MeasuringThreads.upTo(1, "check-")) {
      Thread asking =
          Thread.startVirtualThread(() -> {
            assertThatThrownBy(() ->
                    MeasuringThreads.call(
                        threads,
                        () -> {
                          begun.countDown();
                          await(new CountDownLatch(1));
                          ended.countDown();
                          return 1;
                        }))
                .isInstanceOf(CancellationException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
          });
      begun.await();
      asking.interrupt();
      ended.await();
      asking.join();
    }
  }

  private record Case(String name, Function<Integer, Check> check) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> silences() {
    return Stream.of(
        new Case("HTTP", port -> http("http://127.0.0.1:" + port, HttpVersion.AUTOMATIC)),
        new Case("HTTP/2", port -> http("http://127.0.0.1:" + port, HttpVersion.HTTP_2)),
        new Case("HTTPS", port -> http("https://127.0.0.1:" + port, HttpVersion.AUTOMATIC)),
        new Case(
            "TCP",
            port ->
                new Check.Tcp(
                    "127.0.0.1",
                    port,
                    List.of(new Step.Send(new Secret("hello\n")), new Step.Expect("hello")),
                    Optional.empty(),
                    AddressFamily.PREFER_IPV4,
                    LONG)),
        new Case(
            "TLS",
            port ->
                new Check.Tls(
                    "127.0.0.1", port, TlsSettings.SYSTEM, AddressFamily.PREFER_IPV4, LONG)),
        new Case("DNS over TCP", port -> dns(port, true)),
        new Case("DNS over UDP", port -> dns(port, false)));
  }

  /** On a platform thread a read goes on in spite of an interrupt; it would until the timeout. */
  @ParameterizedTest
  @MethodSource("silences")
  void anInterruptEndsAProbeWithinItsSocket(Case silent) throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    OnePort port = OnePort.bound(loopback);
    try (ServerSocket server = port.connections();
        DatagramSocket datagrams = port.datagrams();
        ExecutorService threads = MeasuringThreads.upTo(1, "check-")) {
      CountDownLatch heard = new CountDownLatch(1);
      Thread.startVirtualThread(() -> hear(server, heard));
      Thread.startVirtualThread(() -> hear(datagrams, heard));
      Check check = silent.check().apply(server.getLocalPort());
      Future<Run> run =
          threads.submit(
              () -> prober.attempt(check, Sampling.ONE, Expectations.DEFAULT, TestCheck.ANY));
      heard.await();
      threads.shutdownNow();
      assertThat(run.get(30, TimeUnit.SECONDS).failure().errorClass())
          .isEqualTo(ErrorClass.TIMEOUT);
    }
  }

  private static void hear(ServerSocket server, CountDownLatch heard) {
    try (Socket socket = server.accept()) {
      while (socket.getInputStream().read() >= 0) {
        heard.countDown();
      }
    } catch (IOException gone) {
      // As it should.
    }
  }

  private static void hear(DatagramSocket socket, CountDownLatch heard) {
    try {
      socket.receive(new DatagramPacket(new byte[512], 512));
      heard.countDown();
    } catch (IOException gone) {
      // As it should.
    }
  }

  private static Check http(String uri, HttpVersion version) {
    return TestCheck.of(uri).version(version).timeouts(LONG).build();
  }

  private static Check dns(int port, boolean tcp) {
    return new Check.Dns(
        "shop.example",
        "A",
        Optional.of("127.0.0.1:" + port),
        tcp,
        AddressFamily.PREFER_IPV4,
        LONG);
  }

  /** Ends by an interrupt too. */
  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
