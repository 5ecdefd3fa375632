// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BodyCharsetTest {

  private static final byte[] LATIN = {(byte) 'c', (byte) 'a', (byte) 'f', (byte) 0xe9};

  @ParameterizedTest
  @CsvSource({
    "text/html, UTF-8",
    "text/html;charset=iso-8859-1, windows-1252",
    "text/html; charset=ISO-8859-2, ISO-8859-2",
    "text/html;  Charset = \"utf-8\" ; x=y, UTF-8",
    "text/html; charset='windows-1251', windows-1251",
    "multipart/mixed; boundary=\"a;charset=koi8-r\"; charset=koi8-r, KOI8-R",
    "text/html; boundary=charset, UTF-8",
    "text/html; charset=, UTF-8",
    "text/html; charset=nobody-knows, UTF-8",
    "text/html; charset=\"\u0001\", UTF-8",
    "text/html; charset=latin1, windows-1252",
    "text/html; charset=us-ascii, windows-1252",
    "text/html; charset=gb2312, GB18030",
    "text/html; charset=shift_jis, windows-31j",
    "text/html; charset=euc-kr, x-windows-949",
    "text/html; charset=utf-16, UTF-16LE",
    "text/html; charset=utf8, UTF-8",
    "application/json, UTF-8",
    "'', UTF-8",
  })
  void readsTheHeader(String contentType, String expected) {
    assertThat(BodyCharset.of("plain".getBytes(StandardCharsets.UTF_8), contentType))
        .isEqualTo(Charset.forName(expected));
  }

  @Test
  void markBeforeTheTextSaysMoreThanTheHeader() {
    assertThat(text(marked(StandardCharsets.UTF_8, "é", 0xEF, 0xBB, 0xBF), "a/b; charset=koi8-r"))
        .isEqualTo("é");
    assertThat(text(marked(StandardCharsets.UTF_16BE, "é", 0xFE, 0xFF), "a/b; charset=utf-8"))
        .isEqualTo("é");
    assertThat(text(marked(StandardCharsets.UTF_16LE, "é", 0xFF, 0xFE), null)).isEqualTo("é");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<meta charset=iso-8859-2>|ISO-8859-2",
        "<!doctype html><META CHARSET=\"windows-1251\">|windows-1251",
        "<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>|KOI8-R",
        "<meta name=x><meta/charset='koi8-u'/>|KOI8-U",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-5\"?><a/>|ISO-8859-5",
        "<!-- <meta charset=koi8-r> --><p>|UTF-8",
        "<meta charset=utf-16>|UTF-8",
        "<meta charset=nobody><meta charset=koi8-r>|KOI8-R",
        "<p>no meta|UTF-8",
      })
  void readsWhatAPageSaysOfItself(String page, String expected) {
    byte[] body = page.getBytes(StandardCharsets.UTF_8);
    assertThat(BodyCharset.of(body, "text/html")).isEqualTo(Charset.forName(expected));
    assertThat(BodyCharset.of(body, null)).isEqualTo(Charset.forName(expected));
    assertThat(BodyCharset.of(body, "text/html; charset=utf-8")).isEqualTo(StandardCharsets.UTF_8);
  }

  @Test
  void looksNoFartherThanBrowsersDo() {
    String late = " ".repeat(BodyCharset.SNIFFED_BYTES - 5) + "<meta charset=koi8-r>";
    assertThat(BodyCharset.of(late.getBytes(StandardCharsets.UTF_8), "text/html"))
        .isEqualTo(StandardCharsets.UTF_8);
  }

  @Test
  void takesWhatIsNotUtf8ForWindows1252() {
    assertThat(text(LATIN, "text/plain")).isEqualTo("café");
    assertThat(text(LATIN, null)).isEqualTo("café");
    assertThat(text("café".getBytes(StandardCharsets.UTF_8), null)).isEqualTo("café");
  }

  @Test
  void jsonIsUtf8WhateverIsInIt() {
    assertThat(text(LATIN, "application/problem+json")).isEqualTo("caf\ufffd");
  }

  @Test
  void emptyBodyIsAnEmptyText() {
    assertThat(text(new byte[0], null)).isEmpty();
  }

  private static String text(byte[] body, @Nullable String contentType) {
    return BodyCharset.text(body, contentType);
  }

  private static byte[] marked(Charset charset, String text, int... mark) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int each : mark) {
      bytes.write(each);
    }
    bytes.writeBytes(text.getBytes(charset));
    return bytes.toByteArray();
  }
}
