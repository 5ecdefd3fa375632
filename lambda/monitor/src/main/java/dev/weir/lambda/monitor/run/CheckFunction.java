// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import dev.weir.lambda.monitor.claim.Claims;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.order.CheckOrder;
import dev.weir.lambda.monitor.order.OrderReader;
import dev.weir.lambda.monitor.parts.FunctionParts;
import dev.weir.lambda.monitor.queue.BatchAnswer;
import dev.weir.lambda.monitor.queue.QueueBatch;
import dev.weir.lambda.monitor.queue.SqsQueue;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import dev.weir.lambda.monitor.settings.VariableSecrets;
import dev.weir.lambda.monitor.settings.Version;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Resolver;
import dev.weir.monitor.probe.SiteProber;
import dev.weir.monitor.schedule.Anchors;
import dev.weir.store.StoreException;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sites of orders and reports what became of each slot. An order comes by itself, from a
 * schedule or a rule, or in messages of a queue. Thread-safe.
 *
 * <p>Nothing is lost: an order of which a report could not be sent fails, and comes again. Little
 * is done twice: a message claims its order, and one that comes again finds what has been reported.
 * An order that came by itself is not claimed, which would cost more than the rare second run: the
 * records of both have one key.
 */
public final class CheckFunction {

  private static final Logger LOG = LoggerFactory.getLogger(CheckFunction.class);
  private static final String NOTHING = "null";

  private final String region;
  private final Claims claims;
  private final Invocation runs;

  /**
   * A function of one region.
   *
   * @param region where it runs; orders for another one are refused
   */
  public CheckFunction(String region, Claims claims, CheckParts parts) {
    this.region = region;
    this.claims = claims;
    this.runs = new Invocation(parts);
  }

  /**
   * As the function's variables say.
   *
   * @throws IllegalArgumentException naming a variable that is missing or wrong
   */
  public static CheckFunction of(FunctionParts parts) {
    FunctionSettings settings = parts.settings();
    InstantSource clock = parts.clock();
    Secrets secrets =
        new VariableSecrets(settings.variables().environment(), settings.secretPrefixes());
    SiteProber prober =
        new SiteProber(Resolver.system(), secrets, clock, Thread::sleep, Version.text());
    NetworkPolicy policy = settings.networkPolicy();
    return new CheckFunction(
        settings.region(),
        parts.claims(),
        new CheckParts(
            prober,
            policy,
            new Anchors(settings.anchors(), prober, policy, clock)::reachable,
            new SqsQueue(
                parts.clients().sqs(settings.homeRegion()), settings.resultsQueue(), Thread::sleep),
            settings.tables(),
            settings.recordLayout(),
            settings.concurrency(),
            clock,
            Thread::sleep,
            GlobalOpenTelemetry.getTracer("dev.weir.checks"),
            parts.metrics()::add));
  }

  /**
   * Answers an invocation.
   *
   * @param event an order, or an event of SQS with orders in its messages
   * @param invocation the id of its request: for a batch of messages another one each time
   * @param remaining until Lambda ends it
   * @return for messages which of them failed; else {@code null} of JSON
   * @throws RuntimeException where all of it is to be repeated, or can't be understood
   */
  public String handle(String event, String invocation, Duration remaining) {
    Optional<QueueBatch> batch = QueueBatch.read(event);
    if (batch.isEmpty()) {
      direct(event, remaining);
      return NOTHING;
    }
    return BatchAnswer.failed(messages(batch.get(), invocation, remaining));
  }

  private void direct(String event, Duration remaining) {
    OrderReader.Reading reading = read(event);
    CheckOrder order =
        reading
            .order()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no site of the order can be read: " + reading.refused().getFirst()));
    List<Task> tasks = new Work("", "", "", order, Set.of(), true).tasks();
    Set<Task> reported = runs.run(tasks, remaining);
    if (reported.size() < tasks.size()) {
      throw new IllegalStateException(
          "%d of %d reports could not be sent; the order is to be repeated"
              .formatted(tasks.size() - reported.size(), tasks.size()));
    }
  }

  /** Returns the ids of the messages that are to come again. */
  private Set<String> messages(QueueBatch batch, String invocation, Duration remaining) {
    Set<String> failed = new LinkedHashSet<>();
    List<Work> works = new ArrayList<>();
    for (QueueBatch.Delivery delivery : batch.deliveries()) {
      try (FunctionLog.Correlation _ = FunctionLog.of(delivery.id())) {
        if (!begin(delivery, invocation, remaining, works)) {
          failed.add(delivery.id());
        }
      } catch (IllegalArgumentException e) {
        FunctionLog.refused(LOG, delivery.id(), String.valueOf(e.getMessage()));
        failed.add(delivery.id());
      } catch (StoreException e) {
        FunctionLog.postponed(LOG, delivery.id(), FunctionLog.reason(e));
        failed.add(delivery.id());
      }
    }
    List<Task> tasks = works.stream().flatMap(work -> work.tasks().stream()).toList();
    Set<Task> reported = runs.run(tasks, remaining);
    for (Work work : works) {
      if (!end(work, reported)) {
        failed.add(work.message());
      }
    }
    return failed;
  }

  /** False where the message is to come again whatever becomes of the order's sites. */
  private boolean begin(
      QueueBatch.Delivery delivery, String invocation, Duration remaining, List<Work> works) {
    OrderReader.Reading reading = read(delivery.body());
    boolean whole = reading.refused().isEmpty();
    if (reading.order().isEmpty()) {
      return false;
    }
    CheckOrder order = reading.order().get();
    String claim = order.id().orElse("message/" + delivery.id());
    String holder = invocation + "/" + delivery.id();
    return switch (claims.take(claim, holder, remaining)) {
      case Claims.Answer.Granted granted -> {
        works.add(new Work(delivery.id(), claim, holder, order, granted.done(), whole));
        yield whole;
      }
      case Claims.Answer.Done _ -> whole;
      case Claims.Answer.UnderWay _ -> {
        FunctionLog.postponed(LOG, delivery.id(), "its order is under way elsewhere");
        yield false;
      }
    };
  }

  /** False where something of the order is left to do. */
  private boolean end(Work work, Set<Task> reported) {
    Set<String> done =
        reported.stream()
            .filter(task -> task.work().holder().equals(work.holder()))
            .map(Task::part)
            .collect(Collectors.toSet());
    done.addAll(work.done());
    boolean all = done.size() == work.order().entries().size();
    try {
      if (all) {
        claims.finish(work.claim());
      } else {
        claims.giveBack(work.claim(), work.holder(), done);
      }
    } catch (StoreException e) {
      // Its lease ends; a message that comes after all is run again, into the same records.
      FunctionLog.postponed(LOG, work.claim(), FunctionLog.reason(e));
    }
    return all;
  }

  private OrderReader.Reading read(String text) {
    OrderReader.Reading reading = OrderReader.read(text);
    reading.refused().forEach(why -> FunctionLog.refused(LOG, "a site of an order", why));
    reading
        .order()
        .filter(order -> !order.region().equals(region))
        .ifPresent(order -> {
          throw new IllegalArgumentException(
              "an order for region %s was brought to %s".formatted(order.region(), region));
        });
    return reading;
  }
}
