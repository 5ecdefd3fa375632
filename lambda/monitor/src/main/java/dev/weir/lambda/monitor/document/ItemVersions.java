// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import dev.weir.lambda.monitor.digest.Sha256;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Versions of items that others write too. An item that Weir wrote has a number that counts and a
 * digest of its attributes. Where either is missing or the digest is not that of the attributes,
 * somebody else wrote last, and the content itself is the version: another content, another
 * version.
 */
final class ItemVersions {

  /**
   * Versions that are made of content are from here up to 2^53: above any count, and whole in the
   * numbers of JavaScript.
   */
  static final long CONTENT_MIN = 1L << 52;

  private static final String VERSION = SiteItem.VERSION;
  private static final String DIGEST = SiteItem.DIGEST;

  private ItemVersions() {}

  /** The version of an item. */
  static long of(Map<String, AttributeValue> item) {
    byte[] digest = digest(item);
    long counted = counted(item);
    AttributeValue noted = item.get(DIGEST);
    return counted > 0 && noted != null && text(digest).equals(noted.s())
        ? counted
        : CONTENT_MIN | (first(digest) & (CONTENT_MIN - 1));
  }

  /** Notes one change more than the item before had, which may be empty. */
  static Map<String, AttributeValue> next(
      Map<String, AttributeValue> item, Map<String, AttributeValue> before) {
    Map<String, AttributeValue> noted = new HashMap<>(item);
    noted.put(DIGEST, AttributeValue.fromS(text(digest(item))));
    noted.put(VERSION, AttributeValue.fromN(Long.toString(counted(before) + 1)));
    return noted;
  }

  /** What the item says of its version; 0 where that is nothing or no count. */
  private static long counted(Map<String, AttributeValue> item) {
    AttributeValue version = item.get(VERSION);
    if (version == null || version.n() == null || !version.n().matches("[1-9]\\d{0,14}")) {
      return 0;
    }
    return Long.parseLong(version.n());
  }

  private static byte[] digest(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> content = new HashMap<>(item);
    content.remove(VERSION);
    content.remove(DIGEST);
    return Sha256.of(AttributeText.typed(content));
  }

  private static String text(byte[] digest) {
    return HexFormat.of().formatHex(digest, 0, 8);
  }

  private static long first(byte[] digest) {
    return ByteBuffer.wrap(digest).getLong();
  }
}
