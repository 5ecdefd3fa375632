// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import dev.weir.store.kit.dynamodb.LocalDynamoDb;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A DynamoDB of this machine, with new tables for each test that asks. */
public final class TestTables implements AutoCloseable {

  public static final String REGION = "eu-west-1";

  private final LocalDynamoDb local;
  private final DynamoDbClient client;
  private final AtomicInteger made = new AtomicInteger();

  private TestTables(LocalDynamoDb local) {
    this.local = local;
    this.client = client(local.url());
  }

  /** Skips the test where there is no DynamoDB on this machine. */
  public static TestTables start() throws Exception {
    return new TestTables(LocalDynamoDb.start());
  }

  /** A client that repeats nothing. */
  static DynamoDbClient client(URI url) {
    return DynamoDbClient.builder()
        .endpointOverride(url)
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(each -> each.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  /** Two new and empty tables, and documents in them. */
  public record Tables(String sites, String documents, DynamoDocuments kept) {}

  public Tables make() throws Exception {
    int number = made.incrementAndGet();
    String sites = "Sites" + number;
    String documents = "Documents" + number;
    local.makeSitesTable(sites);
    local.makeDocumentsTable(documents);
    return new Tables(sites, documents, new DynamoDocuments(client, REGION, sites, documents));
  }

  public LocalDynamoDb local() {
    return local;
  }

  public DynamoDbClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    local.close();
  }
}
