// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer in HTTP/1, by RFC 9112; as forgiving as browsers are with line ends, folded
 * lines and spaces before a colon, and strict where the length of the body hangs on it.
 *
 * @param version {@code HTTP/1.0} or {@code HTTP/1.1}
 * @param headers by lower-case name
 */
record HttpHead(String version, int status, Map<String, List<String>> headers) {

  /** As most browsers and proxies take at most; all 1xx heads before it count too. */
  static final int BYTES_MAX = 64 * 1024;

  private static final String TOO_LARGE =
      "the head of the answer is larger than %d KiB".formatted(BYTES_MAX / 1024);

  /** Reads heads up to the first that is final. */
  static HttpHead read(Wire wire) throws Broken {
    long before = wire.received();
    int left = BYTES_MAX;
    while (true) {
      List<String> lines = new ArrayList<>(16);
      while (true) {
        String line = wire.line(left, TOO_LARGE);
        if (line == null) {
          throw wire.received() == before ? nothing(wire) : endedInside(wire);
        }
        left -= line.length() + 2;
        if (line.isEmpty() && !lines.isEmpty()) {
          break;
        }
        lines.add(line);
        if (lines.size() == 1) {
          requireStatusLine(line);
        }
      }
      HttpHead head = parse(lines);
      if (head.status >= 200 || head.status == 101) {
        return head;
      }
    }
  }

  private static Broken nothing(Wire wire) {
    return new Broken(
        ErrorClass.RESET,
        wire.end() == Wire.End.RESET
            ? "the connection was reset before the answer began"
            : "the connection was closed before the answer began");
  }

  private static Broken endedInside(Wire wire) {
    return new Broken(
        ErrorClass.PROTOCOL,
        wire.end() == Wire.End.RESET
            ? "the connection was reset within the head of the answer"
            : "the connection was closed within the head of the answer");
  }

  private static void requireStatusLine(String line) throws Broken {
    boolean right =
        line.length() >= 12
            && line.startsWith("HTTP/1.")
            && (line.charAt(7) == '0' || line.charAt(7) == '1')
            && line.charAt(8) == ' '
            && line.charAt(9) >= '1'
            && line.charAt(9) <= '9'
            && digit(line.charAt(10))
            && digit(line.charAt(11))
            && (line.length() == 12 || line.charAt(12) == ' ');
    if (!right) {
      throw new Broken(
          ErrorClass.PROTOCOL,
          "the answer does not begin as HTTP/1.1 does, but with '%s'".formatted(Excerpt.of(line)));
    }
  }

  private static HttpHead parse(List<String> lines) throws Broken {
    String first = lines.getFirst();
    Map<String, List<String>> headers = HashMap.newHashMap(lines.size());
    String name = null;
    for (String line : lines.subList(1, lines.size())) {
      if (line.indexOf('\0') >= 0) {
        throw new Broken(ErrorClass.PROTOCOL, "the head of the answer has a zero byte");
      }
      if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        unfold(headers, name, line);
        continue;
      }
      int colon = line.indexOf(':');
      name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        throw new Broken(
            ErrorClass.PROTOCOL,
            "the head of the answer has a line without a name: '%s'".formatted(Excerpt.of(line)));
      }
      headers
          .computeIfAbsent(name, ignored -> new ArrayList<>(1))
          .add(line.substring(colon + 1).strip());
    }
    return new HttpHead(first.substring(0, 8), Integer.parseInt(first, 9, 12, 10), headers);
  }

  private static void unfold(Map<String, List<String>> headers, @Nullable String name, String line)
      throws Broken {
    List<String> values = name == null ? null : headers.get(name);
    if (values == null) {
      throw new Broken(ErrorClass.PROTOCOL, "the head of the answer begins with a folded line");
    }
    values.set(values.size() - 1, (values.getLast() + " " + line.strip()).strip());
  }

  /** The first value. */
  @Nullable String first(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.getFirst();
  }

  /** The comma-separated words of a header, in lower case. */
  List<String> words(String name) {
    return words(headers, name);
  }

  static List<String> words(Map<String, List<String>> headers, String name) {
    List<String> words = new ArrayList<>(2);
    for (String value : headers.getOrDefault(name, List.of())) {
      for (String word : value.split(",", -1)) {
        if (!word.isBlank()) {
          words.add(word.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return words;
  }

  /** Whether the connection stays for another request, once the body has been read. */
  boolean keepsConnection() {
    List<String> connection = words("connection");
    return version.equals("HTTP/1.1")
        ? !connection.contains("close")
        : connection.contains("keep-alive");
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
