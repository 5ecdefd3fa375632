// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.tick;

import dev.weir.document.Documents;
import dev.weir.lambda.monitor.claim.Claims;
import dev.weir.lambda.monitor.client.AwsClients;
import dev.weir.lambda.monitor.parts.FunctionParts;
import dev.weir.lambda.monitor.queue.MessageQueue;
import dev.weir.lambda.monitor.queue.MessageQueue.Message;
import dev.weir.lambda.monitor.queue.SqsQueue;
import dev.weir.lambda.monitor.settings.RegionTargets;
import dev.weir.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans a minute of a shard. What is planned follows from the minute that the tick was scheduled
 * for, never from a clock: a tick that comes late, twice or again plans the same slots. It claims
 * its minute, so that of two deliveries one plans; one that died, or could not send everything, is
 * repeated as a whole, and the claims of the messages see to it that none is run twice. The clock
 * says only how long a message is kept back: slots that have passed are sent at once, and the check
 * function judges which of them are too late and tells those as missed. Thread-safe.
 */
public final class TickFunction {

  /** Batches that are sent at a time: three thousand messages in some seconds. */
  static final int SENDERS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(TickFunction.class);

  private final ShardSites sites;
  private final Claims claims;
  private final Function<String, MessageQueue> orders;
  private final InstantSource clock;
  private final ObjLongConsumer<String> counts;

  /**
   * A function of these parts.
   *
   * @param orders the queue of a region's orders; throws {@link IllegalArgumentException} for a
   *     region that it does not know
   * @param counts takes what is counted, under the names of metrics
   */
  public TickFunction(
      Documents documents,
      Claims claims,
      Function<String, MessageQueue> orders,
      InstantSource clock,
      ObjLongConsumer<String> counts) {
    this.sites = new ShardSites(documents);
    this.claims = claims;
    this.orders = orders;
    this.clock = clock;
    this.counts = counts;
  }

  /**
   * As the function's variables say.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public static TickFunction of(FunctionParts parts) {
    Map<String, RegionTargets> regions = parts.settings().regions();
    return new TickFunction(
        parts.documents(),
        parts.claims(),
        region -> orders(parts.clients(), regions, region),
        parts.clock(),
        parts.metrics()::add);
  }

  private static MessageQueue orders(
      AwsClients clients, Map<String, RegionTargets> regions, String region) {
    RegionTargets targets = regions.get(region);
    if (targets == null || targets.orders().isEmpty()) {
      throw new IllegalArgumentException(
          "the environment variable WEIR_REGIONS names no queue of orders for " + region);
    }
    return new SqsQueue(clients.sqs(region), targets.orders(), Thread::sleep);
  }

  /**
   * Answers a tick.
   *
   * @param invocation the id of its request. Lambda's own retry has the same, and is granted the
   *     minute that the attempt before it claimed; another delivery has another
   * @param remaining until Lambda ends it
   * @return JSON: {@code {"sites":2,"slots":12,"messages":12,"refused":0}}; {@code
   *     {"repeated":true}} for a minute that has been planned
   * @throws RuntimeException where the tick is to be repeated, or can't be understood
   */
  public String handle(String event, String invocation, Duration remaining) {
    Tick tick = Tick.read(event);
    MessageQueue queue = orders.apply(tick.region());
    return switch (claims.take(tick.id(), invocation, remaining)) {
      case Claims.Answer.Done _ -> "{\"repeated\":true}";
      case Claims.Answer.UnderWay _ ->
          throw new IllegalStateException(
              tick.id() + " is under way elsewhere; it is to be repeated, in case that fails");
      case Claims.Answer.Granted _ -> planned(tick, queue, invocation);
    };
  }

  private String planned(Tick tick, MessageQueue queue, String invocation) {
    try {
      ShardSites.Found found = sites.of(tick);
      List<SlotPlan.Planned> messages = SlotPlan.of(tick, found.sites());
      int slots = messages.stream().mapToInt(each -> each.order().entries().size()).sum();
      int unsent = send(tick, queue, messages);
      counts.accept("SlotsPlanned", slots);
      if (found.refused() > 0) {
        counts.accept("SitesRefused", found.refused());
      }
      if (unsent > 0) {
        counts.accept("OrdersUnsent", unsent);
        throw new IllegalStateException(
            "%d of %d messages could not be sent; the tick is to be repeated"
                .formatted(unsent, messages.size()));
      }
      finish(tick);
      return "{\"sites\":%d,\"slots\":%d,\"messages\":%d,\"refused\":%d}"
          .formatted(found.sites().size(), slots, messages.size(), found.refused());
    } catch (RuntimeException e) {
      giveBack(tick, invocation);
      throw e;
    }
  }

  private int send(Tick tick, MessageQueue queue, List<SlotPlan.Planned> messages) {
    List<Callable<Integer>> batches = new ArrayList<>();
    for (int from = 0; from < messages.size(); from += MessageQueue.BATCH_MAX) {
      List<SlotPlan.Planned> batch =
          messages.subList(from, Math.min(messages.size(), from + MessageQueue.BATCH_MAX));
      batches.add(
          () -> queue.send(batch.stream().map(each -> message(tick, each)).toList()).size());
    }
    try (ExecutorService senders =
        Executors.newFixedThreadPool(SENDERS, Thread.ofVirtual().name("orders-", 0).factory())) {
      int unsent = 0;
      for (Future<Integer> sent : senders.invokeAll(batches)) {
        unsent += sent.get();
      }
      return unsent;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it sent its messages", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a message could not be sent", e);
    }
  }

  /**
   * A clock that is behind would keep messages back beyond their time, so the tick's minute holds.
   */
  private Message message(Tick tick, SlotPlan.Planned planned) {
    Instant clocked = clock.instant();
    Instant now = clocked.isBefore(tick.minute()) ? tick.minute() : clocked;
    Duration delay = Duration.ofSeconds(Math.max(0, secondsBetween(now, planned.second())));
    return new Message(planned.text(), delay);
  }

  /** Whole seconds, so that a message comes before its second rather than after. */
  private static long secondsBetween(Instant now, Instant second) {
    return Math.floorDiv(Duration.between(now, second).toMillis(), 1_000L);
  }

  private void finish(Tick tick) {
    try {
      claims.finish(tick.id());
    } catch (StoreException e) {
      // All is sent. Whoever repeats it sends messages that are claimed.
      LOG.atWarn().setCause(e).log("{} is planned, which could not be noted", tick.id());
    }
  }

  private void giveBack(Tick tick, String invocation) {
    try {
      claims.giveBack(tick.id(), invocation, Set.of());
    } catch (StoreException e) {
      LOG.atWarn().setCause(e).log("{} is free again only when its lease ends", tick.id());
    }
  }
}
