// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.claim;

import dev.weir.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Claims of one process, by a clock that can be moved. Thread-safe. */
public final class MemoryClaims implements Claims {

  private record Claim(String holder, Instant until, Set<String> done, boolean over) {}

  private final InstantSource clock;
  private final Map<String, Claim> claims = new HashMap<>();
  private boolean away;

  public MemoryClaims(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether nobody answers, as when DynamoDB throttles. */
  public synchronized void away(boolean now) {
    away = now;
  }

  @Override
  public synchronized Answer take(String id, String holder, Duration lease) {
    check();
    Claim claim = claims.get(id);
    if (claim != null && claim.over()) {
      return new Answer.Done();
    }
    if (claim != null && claim.until().isAfter(clock.instant())) {
      return new Answer.UnderWay();
    }
    Set<String> done = claim == null ? Set.of() : claim.done();
    claims.put(id, new Claim(holder, clock.instant().plus(lease), done, false));
    return new Answer.Granted(done);
  }

  @Override
  public synchronized void finish(String id) {
    check();
    claims.put(id, new Claim("", Instant.MAX, Set.of(), true));
  }

  @Override
  public synchronized void giveBack(String id, String holder, Set<String> done) {
    check();
    Claim claim = claims.get(id);
    if (claim != null && claim.holder().equals(holder)) {
      Set<String> all = new HashSet<>(claim.done());
      all.addAll(done);
      claims.put(id, new Claim("", Instant.MIN, all, false));
    }
  }

  private void check() {
    if (away) {
      throw new StoreException(StoreException.Kind.UNAVAILABLE, "claims are away");
    }
  }
}
