// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;

/**
 * What the examination is made with.
 *
 * @param names looks up hosts
 * @param trust judges certificates; empty for the JVM's own trust
 * @param clock this machine's, which is examined too
 * @param stepMax how long one check may take
 * @param allMax how long all may take together
 * @param userAgent what requests say of their sender
 * @param environment may name a proxy
 */
public record Surroundings(
    Names names,
    Optional<X509TrustManager> trust,
    InstantSource clock,
    Duration stepMax,
    Duration allMax,
    String userAgent,
    Map<String, String> environment) {

  /** Longer than any healthy step takes, short enough to wait for. */
  public static final Duration STEP_MAX = Duration.ofSeconds(5);

  public static final Duration ALL_MAX = Duration.ofSeconds(30);

  /** Looks up names. */
  public interface Names {
    List<InetAddress> addresses(String host) throws UnknownHostException;
  }

  /** This machine and this JVM. */
  public static Surroundings system(InstantSource clock, String userAgent) {
    return new Surroundings(
        host -> List.of(InetAddress.getAllByName(host)),
        Optional.empty(),
        clock,
        STEP_MAX,
        ALL_MAX,
        userAgent,
        System.getenv());
  }
}
