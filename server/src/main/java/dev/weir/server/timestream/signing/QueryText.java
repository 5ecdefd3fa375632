// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.signing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** A URL's query as Signature Version 4 sees it. */
final class QueryText {

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private QueryText() {}

  /** Names and values, decoded, in their order. */
  static List<String[]> pairs(String query) {
    List<String[]> pairs = new ArrayList<>();
    if (query.isEmpty()) {
      return pairs;
    }
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      pairs.add(
          equals < 0
              ? new String[] {decode(part), ""}
              : new String[] {
                decode(part.substring(0, equals)), decode(part.substring(equals + 1))
              });
    }
    return pairs;
  }

  /** Encoded anew and sorted, without the signature itself. */
  static String canonical(String query) {
    record Encoded(String name, String value) {}
    List<Encoded> encoded = new ArrayList<>();
    for (String[] pair : pairs(query)) {
      if (!pair[0].equals("X-Amz-Signature")) {
        encoded.add(new Encoded(encode(pair[0]), encode(pair[1])));
      }
    }
    encoded.sort(Comparator.comparing(Encoded::name).thenComparing(Encoded::value));
    StringBuilder text = new StringBuilder();
    for (Encoded pair : encoded) {
      text.append(text.isEmpty() ? "" : "&").append(pair.name()).append('=').append(pair.value());
    }
    return text.toString();
  }

  private static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      boolean hex =
          bytes[i] == '%'
              && i + 2 < bytes.length
              && HexFormat.isHexDigit(bytes[i + 1])
              && HexFormat.isHexDigit(bytes[i + 2]);
      if (hex) {
        decoded.write(
            (HexFormat.fromHexDigit(bytes[i + 1]) << 4) | HexFormat.fromHexDigit(bytes[i + 2]));
        i += 2;
      } else {
        decoded.write(bytes[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(each) >= 0) {
        encoded.append((char) each);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
      }
    }
    return encoded.toString();
  }
}
