// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.client;

import dev.weir.store.timestream.TimestreamOptions;
import dev.weir.store.timestream.TimestreamStores;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
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
  private final Optional<AwsCredentialsProvider> credentials;
  private final Map<String, DynamoDbClient> tables = new ConcurrentHashMap<>();
  private final Map<String, SqsClient> queues = new ConcurrentHashMap<>();
  private final Map<String, SchedulerClient> schedulers = new ConcurrentHashMap<>();
  private final Map<String, EventBridgeClient> rules = new ConcurrentHashMap<>();
  private final Map<String, SnsClient> topics = new ConcurrentHashMap<>();
  private final Queue<TimestreamStores> stores = new ConcurrentLinkedQueue<>();

  /** Clients over this one, which is closed with them, for the function's own role. */
  public AwsClients(SdkHttpClient http) {
    this(http, Optional.empty());
  }

  /** Clients for somebody else; the SDK looks for credentials where there are none. */
  public AwsClients(SdkHttpClient http, Optional<AwsCredentialsProvider> credentials) {
    this.http = http;
    this.credentials = credentials;
  }

  public DynamoDbClient dynamoDb(String region) {
    return of(tables, region, DynamoDbClient::builder);
  }

  public SqsClient sqs(String region) {
    return of(queues, region, SqsClient::builder);
  }

  public SchedulerClient scheduler(String region) {
    return of(schedulers, region, SchedulerClient::builder);
  }

  public EventBridgeClient eventBridge(String region) {
    return of(rules, region, EventBridgeClient::builder);
  }

  public SnsClient sns(String region) {
    return of(topics, region, SnsClient::builder);
  }

  /** Stores over connections of their own, closed with the clients. */
  public TimestreamStores timestream(TimestreamOptions options) {
    TimestreamStores opened = TimestreamStores.open(options);
    stores.add(opened);
    return opened;
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C of(
      Map<String, C> clients, String region, Supplier<B> builder) {
    return clients.computeIfAbsent(
        region,
        name -> {
          B client = builder.get().region(Region.of(name)).httpClient(http);
          credentials.ifPresent(client::credentialsProvider);
          return client.build();
        });
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
