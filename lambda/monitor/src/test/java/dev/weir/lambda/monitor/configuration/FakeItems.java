// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.monitor.check.SiteKey;
import dev.weir.store.StoreException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table of sites in memory, by SiteId. Thread-safe. */
final class FakeItems implements SiteItems {

  private final Map<String, Present> items = new TreeMap<>();
  private @Nullable Supplier<StoreException> failure;
  private int reads;

  /** An item as the table has it, its attributes as the AWS command line writes them. */
  synchronized FakeItems put(String siteId, String item) {
    items.put(siteId, TableItems.present(Events.item(item), Room.HOME));
    return this;
  }

  synchronized void delete(String siteId) {
    items.remove(siteId);
  }

  synchronized void fail(@Nullable Supplier<StoreException> next) {
    failure = next;
  }

  synchronized int reads() {
    return reads;
  }

  @Override
  public synchronized Present get(SiteKey key) {
    reads++;
    if (failure != null) {
      throw failure.get();
    }
    return items.getOrDefault(
        key.customer().equals(SiteKey.DEFAULT_CUSTOMER) ? key.id() : key.toString(),
        new Present.Absent());
  }

  @Override
  public void each(Consumer<Item> consumer) {
    Map<String, Present> copy;
    synchronized (this) {
      copy = new TreeMap<>(items);
    }
    copy.forEach((siteId, present) -> consumer.accept(new Item(siteId, present)));
  }
}
