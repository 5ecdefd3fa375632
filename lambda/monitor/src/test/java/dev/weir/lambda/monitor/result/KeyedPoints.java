// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.PointWriter;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A store as Timestream is one: the same record again is no news, another at its key is refused
 * unless its version is higher.
 */
final class KeyedPoints implements PointWriter {

  /** What makes two records one. */
  record Key(TableName table, Series series, long epochNanos) {}

  private final Map<Key, Long> versions = new HashMap<>();
  private final Map<Key, Measure> stored = new LinkedHashMap<>();
  private final Map<TableName, StoreException> failures = new HashMap<>();
  private final Map<String, Rejection.Reason> refused = new HashMap<>();
  private int calls;

  /** Fails all calls for a table until it is mended. */
  synchronized void fail(TableName table, StoreException failure) {
    failures.put(table, failure);
  }

  synchronized void mend() {
    failures.clear();
    refused.clear();
  }

  /** Refuses the records of a site. */
  synchronized void refuse(String siteId, Rejection.Reason reason) {
    refused.put(siteId, reason);
  }

  synchronized Map<Key, Measure> stored() {
    return new LinkedHashMap<>(stored);
  }

  /** Of a site, the values that are stored for it, in the order of storing. */
  synchronized List<Measure> of(String siteId) {
    return stored.entrySet().stream()
        .filter(entry -> siteId.equals(siteId(entry.getKey().series())))
        .map(Map.Entry::getValue)
        .toList();
  }

  synchronized int calls() {
    return calls;
  }

  @Override
  public synchronized WriteOutcome write(TableName table, PointBatch batch, Instant deadline) {
    calls++;
    StoreException failure = failures.get(table);
    if (failure != null) {
      throw failure;
    }
    int repeated = 0;
    List<Rejection> rejections = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Point point = batch.point(i);
      Rejection.Reason reason = refused.get(siteId(point.series()));
      if (reason != null) {
        rejections.add(new Rejection(i, reason, "this one is not taken"));
        continue;
      }
      Key key = new Key(table, point.series(), point.epochNanos());
      Measure before = stored.get(key);
      if (before == null || versions.getOrDefault(key, 0L) < point.version()) {
        versions.put(key, point.version());
        stored.put(key, point.measure());
      }
      if (before != null && before.equals(point.measure())) {
        repeated++;
      } else if (before != null && !point.measure().equals(stored.get(key))) {
        rejections.add(new Rejection(i, Rejection.Reason.CONFLICT, "another value is there"));
      }
    }
    return new WriteOutcome(batch.size() - rejections.size(), repeated, rejections);
  }

  private static String siteId(Series series) {
    return series.dimensions().stream()
        .filter(each -> each.name().equals("siteId"))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
