// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteWriter;
import java.util.function.Consumer;

/**
 * The table of sites as it is now. Failures are {@link dev.weir.store.StoreException}. Thread-safe.
 */
interface SiteItems {

  /** What the table has of a site. */
  sealed interface Present {
    /** Nothing. */
    record Absent() implements Present {}

    /** A site. */
    record Readable(Site site) implements Present {}

    /** An item that is no site, and why. */
    record Unreadable(String reason) implements Present {}

    /** Whether both say the same. */
    default boolean isAs(Present other) {
      if (this instanceof Readable(Site one) && other instanceof Readable(Site two)) {
        return SiteWriter.write(one).equals(SiteWriter.write(two));
      }
      return equals(other);
    }
  }

  /** One item of the table, its key as it stands there. */
  record Item(String siteId, Present present) {}

  /** Sees every write that has returned. */
  Present get(SiteKey key);

  /** Tells of every item, in no order. */
  void each(Consumer<Item> item);
}
