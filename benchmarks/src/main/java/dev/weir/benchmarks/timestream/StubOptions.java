// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the stub.
 *
 * @param series what the table is made of
 * @param pageBytesMax how long the rows of a page get
 * @param identity key and certificate (PKCS #12) of a second port, which speaks TLS
 */
record StubOptions(
    int port, Behaviour behaviour, MadeTable series, int pageBytesMax, Optional<Path> identity) {

  /** How closely WriteRecords is looked at. */
  enum Check {
    /** Records are counted. */
    COUNT,
    /** One call of 64 is expanded and checked. */
    SAMPLE,
    /** Every call is. */
    ALL
  }

  /** What may be changed while the stub runs; delays in milliseconds. */
  record Behaviour(int writeDelay, int pageDelay, Check check) {

    Behaviour {
      if (writeDelay < 0 || pageDelay < 0) {
        throw new IllegalArgumentException("a delay must not be negative");
      }
    }

    /** The same with what the map says otherwise; takes it out of the map. */
    Behaviour with(Map<String, String> given) {
      return new Behaviour(
          (int) take(given, "write-delay", writeDelay),
          (int) take(given, "page-delay", pageDelay),
          check(given.remove("check"), check));
    }

    private static Check check(@Nullable String given, Check otherwise) {
      return given == null ? otherwise : Check.valueOf(given.toUpperCase(Locale.ROOT));
    }
  }

  static StubOptions parse(String[] arguments, long nowMillis) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length < 2 || !parts[0].startsWith("--")) {
        throw new IllegalArgumentException("not understood: " + argument);
      }
      given.put(parts[0].substring(2), parts[1]);
    }
    StubOptions options =
        new StubOptions(
            (int) take(given, "port", 0),
            new Behaviour(0, 0, Check.ALL).with(given),
            MadeTable.endingAt(
                take(given, "end", nowMillis),
                (int) take(given, "series", 5_000),
                (int) take(given, "samples", 1_000_000)),
            (int) take(given, "page-bytes", 1_000_000),
            Optional.ofNullable(given.remove("identity")).map(Path::of));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown: " + given.keySet());
    }
    return options;
  }

  private static long take(Map<String, String> given, String name, long otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : Long.parseLong(value);
  }
}
