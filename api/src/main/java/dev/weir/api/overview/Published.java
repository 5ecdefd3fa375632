// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.api.site.SiteStates.State;
import dev.weir.monitor.check.Site;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/**
 * A site as everybody is shown it, written once for all who ask. Immutable: nobody writes to its
 * arrays.
 *
 * @param json the item
 * @param digest of the item
 * @param words what a search looks in, in lower case
 * @param version of the picture of all sites in which it came to look so
 * @param changedMillis when that was
 */
record Published(
    Site site,
    State state,
    byte[] json,
    byte[] digest,
    String words,
    long version,
    long changedMillis) {

  static Published of(OverviewItem item, long version, long nowMillis) {
    Site site = item.site();
    byte[] json = ItemJson.write(item);
    String words = String.join("\n", site.name(), site.key().id(), site.endpoint(), site.group());
    return new Published(
        site,
        item.state(),
        json,
        sha256().digest(json),
        words.toLowerCase(Locale.ROOT),
        version,
        nowMillis);
  }

  boolean looksLike(Published other) {
    return Arrays.equals(json, other.json);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
