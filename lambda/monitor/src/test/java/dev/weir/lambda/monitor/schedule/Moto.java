// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/** AWS as moto plays it, in a process of its own. */
public final class Moto implements AutoCloseable {

  private static final String VARIABLE = "WEIR_MOTO";
  private static final Duration START_MAX = Duration.ofSeconds(60);

  /** Another process may take a port between its choice and its use. */
  private static final int ATTEMPTS = 3;

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Process process;
  private final URI endpoint;

  private Moto(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** The test that asks is skipped where there is no moto. */
  public static Moto started() {
    String program = System.getenv(VARIABLE);
    Assumptions.assumeTrue(
        program != null, () -> VARIABLE + " names no moto_server: nothing plays AWS");
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      Moto moto = start(String.valueOf(program), port);
      if (moto.opens(port)) {
        return moto;
      }
      moto.process.destroyForcibly();
      if (attempt == ATTEMPTS) {
        throw new IllegalStateException("moto did not open port " + port);
      }
    }
  }

  private static Moto start(String program, int port) {
    try {
      Process process =
          new ProcessBuilder(program, "-H", "127.0.0.1", "-p", Integer.toString(port))
              .redirectErrorStream(true)
              .redirectOutput(Path.of("target", "moto-" + port + ".log").toFile())
              .start();
      return new Moto(process, URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it came up; false where it has ended. */
  private boolean opens(int port) {
    long end = System.nanoTime() + START_MAX.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try (Socket _ = new Socket("127.0.0.1", port)) {
        return process.isAlive();
      } catch (IOException _) {
        LockSupport.parkNanos(PAUSE.toNanos()); // It needs the processor to come up.
      }
    }
    return false;
  }

  public SchedulerClient scheduler(String region) {
    return scheduler(endpoint, region);
  }

  public EventBridgeClient rules(String region) {
    return rules(endpoint, region);
  }

  public DynamoDbClient tables(String region) {
    return client(DynamoDbClient.builder(), endpoint, region);
  }

  static SchedulerClient scheduler(URI endpoint, String region) {
    return client(SchedulerClient.builder(), endpoint, region);
  }

  static EventBridgeClient rules(URI endpoint, String region) {
    return client(EventBridgeClient.builder(), endpoint, region);
  }

  /** The SDK's own patience would be the tests'. */
  private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      B builder, URI endpoint, String region) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("weir", "weir")))
        .overrideConfiguration(of -> of.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
