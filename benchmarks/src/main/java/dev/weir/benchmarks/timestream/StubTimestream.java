// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import java.io.IOException;

/**
 * The stub as a process. It prints {@code port N} when it listens, {@code tls N} for the port that
 * speaks TLS, and ends with its input.
 */
public final class StubTimestream {

  static final String USAGE =
      """
      usage: timestream [--port=0] [--write-delay=MILLIS] [--page-delay=MILLIS]
                        [--check=count|sample|all] [--series=5000] [--samples=1000000]
                        [--end=EPOCH_MILLIS] [--page-bytes=1000000] [--identity=PKCS12]
      """;

  private StubTimestream() {}

  /** See {@link #USAGE}. */
  public static void main(String[] arguments) throws IOException {
    StubOptions options;
    try {
      options = StubOptions.parse(arguments, System.currentTimeMillis());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(USAGE);
      System.exit(1);
      return;
    }
    StubServer server = StubServer.start(options);
    System.out.println("port " + server.port());
    server.tlsPort().ifPresent(port -> System.out.println("tls " + port));
    // Whoever started it holds the other end, so it does not outlive a load program that dies.
    while (System.in.read() >= 0) {
      continue;
    }
    System.exit(0);
  }
}
