// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What charset a body is in, as browsers decide it: byte order mark, Content-Type, what a page says
 * of itself, and otherwise UTF-8 where it is that, windows-1252 where not. Labels mean what the
 * WHATWG Encoding Standard says; one that nobody knows counts as none.
 */
final class BodyCharset {

  /** How far a browser looks for what a page says of itself. */
  static final int SNIFFED_BYTES = 1024;

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** Labels whose meaning on the web differs from Java's, or which Java doesn't know. */
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("iso8859-1", "windows-1252"),
          Map.entry("iso88591", "windows-1252"),
          Map.entry("latin1", "windows-1252"),
          Map.entry("l1", "windows-1252"),
          Map.entry("ascii", "windows-1252"),
          Map.entry("us-ascii", "windows-1252"),
          Map.entry("x-cp1252", "windows-1252"),
          Map.entry("iso-8859-9", "windows-1254"),
          Map.entry("latin5", "windows-1254"),
          Map.entry("iso-8859-11", "windows-874"),
          Map.entry("tis-620", "windows-874"),
          Map.entry("unicode-1-1-utf-8", "UTF-8"),
          Map.entry("x-unicode20utf8", "UTF-8"),
          Map.entry("utf-16", "UTF-16LE"),
          Map.entry("unicode", "UTF-16LE"),
          Map.entry("ucs-2", "UTF-16LE"),
          Map.entry("gb2312", "GB18030"),
          Map.entry("gb_2312-80", "GB18030"),
          Map.entry("gbk", "GB18030"),
          Map.entry("x-gbk", "GB18030"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("sjis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("ms_kanji", "windows-31j"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("korean", "x-windows-949"),
          Map.entry("big5", "Big5-HKSCS"),
          Map.entry("koi8-ru", "KOI8-U"),
          Map.entry("cp1251", "windows-1251"),
          Map.entry("x-mac-cyrillic", "x-MacCyrillic"),
          Map.entry("macintosh", "x-MacRoman"));

  private BodyCharset() {}

  /**
   * The text of a body; what can't be decoded becomes U+FFFD.
   *
   * @param contentType the header; null where there is none
   */
  static String text(byte[] body, @Nullable String contentType) {
    int mark = markBytes(body);
    return new String(body, mark, body.length - mark, of(body, contentType));
  }

  static Charset of(byte[] body, @Nullable String contentType) {
    if (starts(body, 0xEF, 0xBB, 0xBF)) {
      return StandardCharsets.UTF_8;
    }
    if (starts(body, 0xFE, 0xFF)) {
      return StandardCharsets.UTF_16BE;
    }
    if (starts(body, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    Charset told = known(parameter(type, "charset"));
    if (told != null) {
      return told;
    }
    String media = type.contains(";") ? type.substring(0, type.indexOf(';')).strip() : type.strip();
    boolean json = media.endsWith("/json") || media.endsWith("+json");
    boolean page = media.isEmpty() || media.contains("html") || media.contains("xml");
    if (!json && page) {
      Charset inside = PageCharset.sniff(body, Math.min(body.length, SNIFFED_BYTES));
      if (inside != null) {
        return inside;
      }
    }
    return json || utf8(body) ? StandardCharsets.UTF_8 : WINDOWS_1252;
  }

  /** The charset of a label; null where none or nobody knows it. */
  static @Nullable Charset known(@Nullable String label) {
    String name = label == null ? "" : label.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      return null;
    }
    try {
      return Charset.forName(LABELS.getOrDefault(name, name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return null;
    }
  }

  /** A parameter of a media type, whatever stands around it. */
  static @Nullable String parameter(String mediaType, String wanted) {
    for (String each : parts(mediaType)) {
      int equals = each.indexOf('=');
      if (equals > 0 && each.substring(0, equals).strip().equals(wanted)) {
        String value = each.substring(equals + 1).strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        boolean single = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
        return quoted || single ? value.substring(1, value.length() - 1).strip() : value;
      }
    }
    return null;
  }

  /** Split at semicolons outside of quotes. */
  private static List<String> parts(String mediaType) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < mediaType.length(); i++) {
      char c = mediaType.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        parts.add(mediaType.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(mediaType.substring(from));
    return parts;
  }

  private static boolean utf8(byte[] body) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      return true;
    } catch (CharacterCodingException other) {
      return false;
    }
  }

  private static int markBytes(byte[] body) {
    if (starts(body, 0xEF, 0xBB, 0xBF)) {
      return 3;
    }
    return starts(body, 0xFE, 0xFF) || starts(body, 0xFF, 0xFE) ? 2 : 0;
  }

  private static boolean starts(byte[] body, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= body.length || (body[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
