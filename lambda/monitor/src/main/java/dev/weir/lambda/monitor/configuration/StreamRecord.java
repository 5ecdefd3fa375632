// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.document.SiteItem;
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
    return SiteItem.key(siteId);
  }
}
