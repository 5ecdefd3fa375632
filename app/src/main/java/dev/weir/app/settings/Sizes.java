// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes in powers of 1,024: {@code 512KiB}, {@code 64MiB}, {@code 2GiB}; a bare number is bytes.
 */
final class Sizes {

  private static final Map<String, Long> UNITS =
      Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6}|\\d{7,15}(?=B?$))([KMGT]iB|B?)");

  private Sizes() {}

  static long parseBytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException();
    }
    return Math.multiplyExact(
        Long.parseLong(size.group(1)), UNITS.getOrDefault(size.group(2), 1L).longValue());
  }
}
