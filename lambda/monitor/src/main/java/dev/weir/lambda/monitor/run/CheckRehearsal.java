// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import dev.weir.lambda.monitor.claim.TableClaims;
import dev.weir.lambda.monitor.queue.SqsQueue;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.probe.NetworkPolicies;
import dev.weir.monitor.probe.Resolver;
import dev.weir.monitor.probe.SiteProber;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What would make the first check slow, done while Lambda starts the function: requests over HTTP
 * and TLS to this process itself, then an order from its message to its report, with a site, a
 * table and a queue on this machine.
 */
public final class CheckRehearsal {

  /** Two seconds of CPU that no start from the snapshot pays for. */
  private static final int TIMES_BEFORE_SNAPSHOT = 50;

  private static final Duration TIME = Duration.ofSeconds(8);

  private CheckRehearsal() {}

  /** Once, where there may be no snapshot; checks don't need it. */
  public static void once() {
    run(1);
  }

  /**
   * As often as a snapshot is worth.
   *
   * @throws IllegalStateException where it could not be done; checks don't need it
   */
  public static void run() {
    if (!run(TIMES_BEFORE_SNAPSHOT)) {
      throw new IllegalStateException("no check of this machine itself could be rehearsed");
    }
  }

  /** False where it could not be done. */
  static boolean run(int times) {
    InstantSource clock = InstantSource.system();
    SiteProber prober =
        new SiteProber(Resolver.system(), Secret::reference, clock, Thread::sleep, "rehearsal");
    boolean warm = prober.warmUp();
    StaticCredentialsProvider nobody =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDREHEARSAL", "rehearsal"));
    try (RehearsalPeer peer = RehearsalPeer.open();
        SdkHttpClient http = UrlConnectionHttpClient.create();
        DynamoDbClient tables =
            DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(nobody)
                .httpClient(http)
                .endpointOverride(peer.address())
                .build();
        SqsClient queues =
            SqsClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(nobody)
                .httpClient(http)
                .endpointOverride(peer.address())
                .checksumValidationEnabled(false)
                .build()) {
      CheckFunction function =
          new CheckFunction(
              "us-east-1",
              new TableClaims(tables, "rehearsal", clock),
              new CheckParts(
                  prober,
                  NetworkPolicies.parse("127.0.0.1"),
                  () -> true,
                  new SqsQueue(queues, peer.address() + "/0/rehearsal", Thread::sleep),
                  CheckTables.ORIGINAL,
                  RecordLayout.CHECK,
                  1,
                  clock,
                  Thread::sleep,
                  OpenTelemetry.noop().getTracer("rehearsal"),
                  (_, _) -> {}));
      String wanted = "{\"batchItemFailures\":[]}";
      for (int i = 0; i < times; i++) {
        String event = event(peer.address(), clock.instant());
        warm &= function.handle(event, "rehearsal", TIME).equals(wanted);
      }
      return warm;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static String event(URI site, Instant now) {
    String order =
        "{\"slot\":\"%s\",\"region\":\"us-east-1\",\"sites\":[{\"site\":{\"id\":\"a\",\"endpoint\":\"%s\"}}]}"
            .formatted(now, site);
    return "{\"Records\":[{\"messageId\":\"0\",\"body\":\"%s\"}]}"
        .formatted(order.replace("\"", "\\\""));
  }
}
