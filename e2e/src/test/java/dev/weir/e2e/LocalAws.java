// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import dev.weir.store.kit.dynamodb.LocalDynamoDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;

/**
 * AWS on this machine: DynamoDB Local with its streams, moto for SQS, EventBridge, its Scheduler
 * and SNS, a Weir for Timestream, and one address before them all. Each caller has an access key of
 * its own, so that calls are known by who made them.
 */
final class LocalAws implements AutoCloseable {

  /** moto's. */
  static final String ACCOUNT = "123456789012";

  private static final Duration START_LIMIT = Duration.ofSeconds(40);
  private static final String SECRET = "secret+of/everybody";
  private static final String OWN_KEY = "AKIATHETEST";

  private final RealProcess moto;
  private final LocalDynamoDb tables;
  private final LocalTimestream timestream;
  private final AwsGateway gateway;
  private final Map<String, SdkClient> clients = new HashMap<>();

  private LocalAws(
      RealProcess moto, LocalDynamoDb tables, LocalTimestream timestream, AwsGateway gateway) {
    this.moto = moto;
    this.tables = tables;
    this.timestream = timestream;
    this.gateway = gateway;
  }

  /** Starts it, empty, for callers of these names; the test is skipped where moto is absent. */
  static LocalAws start(Path folder, List<String> callers) {
    String program = RealClient.MOTO.binary();
    LocalDynamoDb tables = startedTables();
    Web ofMoto = new Web(RealProcess.freePort());
    RealProcess moto =
        RealProcess.start(
            "moto",
            folder.resolve("moto.log"),
            List.of(program, "-H", "127.0.0.1", "-p", Integer.toString(ofMoto.port())),
            Map.of("MOTO_ACCOUNT_ID", ACCOUNT));
    LocalTimestream timestream =
        LocalTimestream.start(
            folder,
            callers.stream()
                .map(name ->
                    new LocalTimestream.Caller(key(name), SECRET, null).profile(name, "*", "write"))
                .toArray(String[]::new));
    await(moto, ofMoto);
    AwsGateway gateway =
        new AwsGateway(
            Map.of("dynamodb", tables.url().getPort(), "timestream", timestream.port()),
            ofMoto.port());
    return new LocalAws(moto, tables, timestream, gateway);
  }

  private static LocalDynamoDb startedTables() {
    try {
      return LocalDynamoDb.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(RealProcess process, Web web) {
    Patience.until(
        START_LIMIT,
        process::lastOutput,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("it ended at start; " + process.lastOutput());
          }
          return listens(web.port());
        });
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String key(String caller) {
    return "AKIA" + caller.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
  }

  /** The name under which the gateway knows a caller's calls. */
  static String callerKey(String caller) {
    return key(caller);
  }

  /** What a function needs in its environment to find all this. */
  Map<String, String> environment(String caller, String region) {
    return Map.of(
        "AWS_ENDPOINT_URL",
        gateway.endpoint(),
        "AWS_ACCESS_KEY_ID",
        key(caller),
        "AWS_SECRET_ACCESS_KEY",
        SECRET,
        "AWS_REGION",
        region);
  }

  /** A client of the test itself; it is closed with this. */
  <C extends SdkClient> C client(AwsClientBuilder<?, C> builder, String region) {
    return cast(
        clients.computeIfAbsent(
            builder.getClass().getName() + region,
            name ->
                builder
                    .endpointOverride(URI.create(gateway.endpoint()))
                    .region(Region.of(region))
                    .credentialsProvider(
                        StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(OWN_KEY, SECRET)))
                    .build()));
  }

  @SuppressWarnings("unchecked")
  private static <C> C cast(SdkClient client) {
    return (C) client;
  }

  LocalDynamoDb tables() {
    return tables;
  }

  /** A table of sites, with its stream. */
  void makeSitesTable(String name) {
    try {
      tables.makeSitesTable(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  AwsGateway gateway() {
    return gateway;
  }

  LocalTimestream timestream() {
    return timestream;
  }

  @Override
  public void close() {
    clients.values().forEach(SdkClient::close);
    gateway.close();
    timestream.close();
    tables.close();
    moto.close();
  }
}
