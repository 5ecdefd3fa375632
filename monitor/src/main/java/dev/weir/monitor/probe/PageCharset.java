// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a page says of its own charset: a meta element of HTML, or the declaration of XML. */
final class PageCharset {

  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?(-->|$)");
  private static final Pattern XML =
      Pattern.compile("^<\\?xml[^>]*\\sencoding\\s*=\\s*[\"']([^\"'>]+)[\"']");
  private static final Pattern META = Pattern.compile("<meta[\\s/][^>]*>");

  /** In an attribute of its own, or within the content of an http-equiv. */
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*[\"']?\\s*([^\\s\"'/>;]+)");

  private PageCharset() {}

  static @Nullable Charset sniff(byte[] body, int bytes) {
    String begin = new String(body, 0, bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    Matcher xml = XML.matcher(begin);
    if (xml.find()) {
      return readable(xml.group(1));
    }
    Matcher meta = META.matcher(COMMENT.matcher(begin).replaceAll(""));
    while (meta.find()) {
      Matcher charset = CHARSET.matcher(meta.group());
      Charset found = charset.find() ? readable(charset.group(1)) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** A page whose letters could be read up to here is not in UTF-16, whatever it says. */
  private static @Nullable Charset readable(String label) {
    Charset found = BodyCharset.known(label);
    return found != null && found.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : found;
  }
}
