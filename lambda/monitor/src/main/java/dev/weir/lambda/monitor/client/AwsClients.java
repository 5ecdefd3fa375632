// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.client;

import dev.weir.store.timestream.TimestreamOptions;
import dev.weir.store.timestream.TimestreamStores;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Clients by region, over one HTTP client. Where they go is the SDK's own affair, {@code
 * AWS_ENDPOINT_URL_SQS} and its like included. Thread-safe.
 */
public final class AwsClients implements AutoCloseable {

  private final SdkHttpClient http;
  private final Map<String, DynamoDbClient> tables = new ConcurrentHashMap<>();
  private final Map<String, SqsClient> queues = new ConcurrentHashMap<>();
  private final Map<String, SchedulerClient> schedulers = new ConcurrentHashMap<>();
  private final Map<String, EventBridgeClient> rules = new ConcurrentHashMap<>();
  private final Map<String, SnsClient> topics = new ConcurrentHashMap<>();
  private final Queue<TimestreamStores> stores = new ConcurrentLinkedQueue<>();

  /** Clients over this one, which is closed with them. */
  public AwsClients(SdkHttpClient http) {
    this.http = http;
  }

  public DynamoDbClient dynamoDb(String region) {
    return of(tables, region, at -> DynamoDbClient.builder().region(at).httpClient(http).build());
  }

  public SqsClient sqs(String region) {
    return of(queues, region, at -> SqsClient.builder().region(at).httpClient(http).build());
  }

  public SchedulerClient scheduler(String region) {
    return of(
        schedulers, region, at -> SchedulerClient.builder().region(at).httpClient(http).build());
  }

  public EventBridgeClient eventBridge(String region) {
    return of(rules, region, at -> EventBridgeClient.builder().region(at).httpClient(http).build());
  }

  public SnsClient sns(String region) {
    return of(topics, region, at -> SnsClient.builder().region(at).httpClient(http).build());
  }

  /** Stores over connections of their own, closed with the clients. */
  public TimestreamStores timestream(TimestreamOptions options) {
    TimestreamStores opened = TimestreamStores.open(options);
    stores.add(opened);
    return opened;
  }

  private static <T> T of(Map<String, T> clients, String region, Function<Region, T> made) {
    return clients.computeIfAbsent(region, name -> made.apply(Region.of(name)));
  }

  @Override
  public void close() {
    stores.forEach(TimestreamStores::close);
    tables.values().forEach(DynamoDbClient::close);
    queues.values().forEach(SqsClient::close);
    schedulers.values().forEach(SchedulerClient::close);
    rules.values().forEach(EventBridgeClient::close);
    topics.values().forEach(SnsClient::close);
    http.close();
  }
}
