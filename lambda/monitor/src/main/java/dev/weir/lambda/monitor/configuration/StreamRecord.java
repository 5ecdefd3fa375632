// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.monitor.check.SiteKey;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One change of the table of sites.
 *
 * @param sequence its place in the stream, by which it is reported
 * @param siteId the item's key as it stands in the table
 * @param before the item before the change; empty for a new one
 * @param after the item after it; empty for one that is gone
 * @param imaged whether the stream carries items at all; where not, both are empty
 */
record StreamRecord(
    String sequence,
    String siteId,
    Optional<Map<String, AttributeValue>> before,
    Optional<Map<String, AttributeValue>> after,
    boolean imaged) {

  /** Whose site it is; empty for a key that no site can have. */
  Optional<SiteKey> key() {
    return key(siteId);
  }

  /** The site that an item with this key is of. */
  static Optional<SiteKey> key(String siteId) {
    int slash = siteId.indexOf('/');
    String customer = slash < 0 ? SiteKey.DEFAULT_CUSTOMER : siteId.substring(0, slash);
    if (slash >= 0 && customer.equals(SiteKey.DEFAULT_CUSTOMER)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SiteKey(customer, siteId.substring(slash + 1)));
    } catch (IllegalArgumentException _) {
      // the item is refused, by its name
      return Optional.empty();
    }
  }
}
