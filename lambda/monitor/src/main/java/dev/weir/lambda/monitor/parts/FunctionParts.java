// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.parts;

import dev.weir.document.Documents;
import dev.weir.environment.Variables;
import dev.weir.lambda.monitor.claim.Claims;
import dev.weir.lambda.monitor.claim.TableClaims;
import dev.weir.lambda.monitor.client.AwsClients;
import dev.weir.lambda.monitor.document.DynamoDocuments;
import dev.weir.lambda.monitor.log.FunctionMetrics;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * What a function is made of. A variable is read when the part is asked for that needs it, which
 * throws an {@link IllegalArgumentException} that names it where it is missing or wrong. Nothing is
 * called yet. Thread-safe.
 */
public final class FunctionParts implements AutoCloseable {

  private final FunctionSettings settings;
  private final AwsClients clients;
  private final InstantSource clock;
  private @Nullable FunctionMetrics metrics;

  /**
   * Parts as variables say.
   *
   * @param http what all clients call through; closed with them
   */
  public FunctionParts(Map<String, String> environment, SdkHttpClient http, InstantSource clock) {
    this(environment, new AwsClients(http), clock);
  }

  private FunctionParts(Map<String, String> environment, AwsClients clients, InstantSource clock) {
    this.settings = new FunctionSettings(new Variables(environment));
    this.clients = clients;
    this.clock = clock;
  }

  /**
   * Parts for a rehearsal: no call of AWS leaves the process.
   *
   * @param answers of JSON, by operations of DynamoDB; all else is answered the empty object
   */
  public static FunctionParts rehearsed(
      Map<String, String> environment, Map<String, String> answers) {
    return new FunctionParts(
        environment,
        new AwsClients(
            new RehearsedHttp(answers),
            Optional.of(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("AKIDREHEARSAL", "rehearsal")))),
        InstantSource.system());
  }

  public FunctionSettings settings() {
    return settings;
  }

  public AwsClients clients() {
    return clients;
  }

  public InstantSource clock() {
    return clock;
  }

  /** What the function counts; one for all of it. */
  public synchronized FunctionMetrics metrics() {
    FunctionMetrics made = metrics;
    if (made == null) {
      made = FunctionMetrics.of(settings.variables());
      metrics = made;
    }
    return made;
  }

  /** The tables of sites and of documents. */
  public Documents documents() {
    String home = settings.homeRegion();
    return new DynamoDocuments(
        clients.dynamoDb(home), home, settings.sitesTable(), settings.documentsTable());
  }

  public Claims claims() {
    return new TableClaims(
        clients.dynamoDb(settings.homeRegion()), settings.documentsTable(), clock);
  }

  /** Writes what was counted since the last time; nothing where nothing was. */
  public synchronized void flush() {
    if (metrics != null) {
      metrics.flush();
    }
  }

  /** Lets go of all connections. */
  @Override
  public void close() {
    clients.close();
  }
}
