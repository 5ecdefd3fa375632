// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.lambda.monitor.configuration.ScheduleFunctions;
import dev.weir.lambda.monitor.parts.FunctionParts;
import dev.weir.lambda.monitor.sites.SitesFunction;
import dev.weir.lambda.monitor.tick.TickFunction;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;

/**
 * Events that functions answer before a snapshot, so that what an event needs is loaded in it. A
 * function is opened by its own variables, and every call of AWS is answered within the process;
 * what it writes of its work names a site {@code rehearsal}.
 */
final class Rehearsals {

  /** The first one loads what there is; some more cost little beside it. */
  private static final int TIMES = 3;

  private static final Duration TIME = Duration.ofSeconds(30);
  private static final String SITE = "rehearsal";
  private static final String ITEM =
      "{\"SiteId\":{\"S\":\"rehearsal\"},\"endpoint\":{\"S\":\"https://rehearsal.example/\"},"
          + "\"rate\":{\"N\":\"1\"},\"expect\":{\"M\":{}}}";
  private static final String DOCUMENT =
      "{\"collection\":{\"S\":\"tick-sites\"},\"id\":{\"S\":\"%s/0/default/rehearsal\"},"
          + "\"version\":{\"N\":\"1\"},\"json\":{\"S\":\"{\\\"id\\\":\\\"rehearsal\\\","
          + "\\\"endpoint\\\":\\\"https://rehearsal.example/\\\",\\\"interval\\\":\\\"10s\\\"}\"}}";

  private Rehearsals() {}

  /** A tick of a shard with one site. */
  static void tick(Map<String, String> environment) {
    String region = region(environment);
    String answer = "{\"Items\":[%s],\"Count\":1}".formatted(DOCUMENT.formatted(region));
    String event =
        "{\"region\":\"%s\",\"shard\":0,\"minute\":\"%s\"}"
            .formatted(region, InstantSource.system().instant().truncatedTo(ChronoUnit.MINUTES));
    run(
        environment,
        Map.of("Query", answer),
        TickFunction::of,
        function -> function.handle(event, SITE, TIME),
        "{\"sites\":1,");
  }

  /** A new site's record of the stream. */
  static void configuration(Map<String, String> environment) {
    String event =
        "{\"Records\":[{\"eventName\":\"INSERT\",\"eventSource\":\"aws:dynamodb\",\"dynamodb\":{"
            + "\"SequenceNumber\":\"1\",\"Keys\":{\"SiteId\":{\"S\":\"rehearsal\"}},\"NewImage\":"
            + ITEM
            + "}}]}";
    run(
        environment,
        Map.of("GetItem", "{\"Item\":" + ITEM + "}"),
        ScheduleFunctions::of,
        functions -> functions.configure(event, TIME),
        "{\"batchItemFailures\":[]}");
  }

  /** Of no site with no schedule. */
  static void reconcile(Map<String, String> environment) {
    run(
        environment,
        Map.of(),
        ScheduleFunctions::of,
        functions -> functions.reconcile("{}", TIME),
        "{\"dryRun\":false,\"sites\":0,");
  }

  /** One site that is asked for. */
  static void sites(Map<String, String> environment) {
    byte[] event =
        ("{\"version\":\"2.0\",\"rawPath\":\"/api/v1/sites/default/rehearsal\","
                + "\"requestContext\":{\"requestId\":\"rehearsal\",\"http\":{\"method\":\"GET\"},"
                + "\"authorizer\":{\"iam\":{\"userArn\":\"rehearsal\"}}}}")
            .getBytes(UTF_8);
    run(
        environment,
        Map.of("GetItem", "{\"Item\":" + ITEM + "}"),
        SitesFunction::of,
        function -> new String(function.answer(event), UTF_8),
        "{\"statusCode\":200,");
  }

  private static String region(Map<String, String> environment) {
    try (FunctionParts parts = FunctionParts.rehearsed(environment, Map.of())) {
      return parts.settings().regions().keySet().iterator().next();
    }
  }

  private static <T> void run(
      Map<String, String> environment,
      Map<String, String> answers,
      Function<FunctionParts, T> opening,
      Function<T, String> event,
      String wanted) {
    try (FunctionParts parts = FunctionParts.rehearsed(environment, answers)) {
      T function = opening.apply(parts);
      for (int i = 0; i < TIMES; i++) {
        String answer = event.apply(function);
        if (!answer.startsWith(wanted)) {
          throw new IllegalStateException("a rehearsal was answered " + answer);
        }
      }
    }
  }
}
