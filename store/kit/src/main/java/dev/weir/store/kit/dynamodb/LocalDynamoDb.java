// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.dynamodb;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A DynamoDB of this machine, empty and in memory, until it is closed. All accounts and regions
 * have the same tables. Where its libraries are not built, {@link #start} skips the test and says
 * how they are.
 */
public final class LocalDynamoDb implements AutoCloseable {

  private static final String MAIN = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner";
  private static final Path LIBRARIES = Path.of("lambda", "tables", "target", "lib");

  /** Another process may take a port between its choice and its use. */
  private static final int ATTEMPTS = 5;

  /** Only a failing test waits so long. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofMillis(50);

  /** It looks at the form of a signature, and at nothing else of it. */
  private static final String SIGNATURE =
      "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=none";

  private final Process process;
  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Thread end;

  private LocalDynamoDb(Process process, int port) {
    this.process = process;
    this.url = URI.create("http://127.0.0.1:" + port);
    this.end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
  }

  /** Starts one and waits until it answers; without its libraries the test is skipped. */
  public static LocalDynamoDb start() throws IOException, InterruptedException {
    Optional<Path> libraries = libraries();
    assumeTrue(
        libraries.isPresent(),
        "DynamoDB Local is not there: mvn -pl lambda/tables generate-test-resources");
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      Path log = Files.createTempFile("dynamodb-local", ".log");
      LocalDynamoDb local = new LocalDynamoDb(run(libraries.get(), port, log), port);
      if (local.answers()) {
        Files.delete(log);
        return local;
      }
      local.close();
      if (attempt == ATTEMPTS) {
        throw new IllegalStateException(
            "DynamoDB Local does not start: " + Files.readString(log).strip());
      }
      Files.delete(log);
    }
  }

  /** Where it listens: the endpoint that a client of the SDK takes. */
  public URI url() {
    return url;
  }

  /**
   * Makes one call as the AWS command line does, such as {@code BatchWriteItem} with its JSON.
   *
   * @return the answer's JSON
   * @throws IllegalStateException with the answer's text, for any status but 200
   */
  public String call(String operation, String json) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request(operation, json), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          "%s: %d %s".formatted(operation, answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  /** Makes a table of sites as the original has it, with its stream. */
  public void makeSitesTable(String name) throws IOException, InterruptedException {
    call(
        "CreateTable",
        """
        {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"SiteId","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"SiteId","KeyType":"HASH"}],
         "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}}\
        """
            .formatted(name));
  }

  /** Makes a table of documents of all other collections. */
  public void makeDocumentsTable(String name) throws IOException, InterruptedException {
    call(
        "CreateTable",
        """
        {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"collection","AttributeType":"S"},
           {"AttributeName":"id","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"collection","KeyType":"HASH"},
           {"AttributeName":"id","KeyType":"RANGE"}]}\
        """
            .formatted(name));
  }

  /** Ends the process; its tables are gone. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      // the machine is on its way down and does it itself
    }
    http.close();
  }

  private static Process run(Path libraries, int port, Path log) throws IOException {
    return new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Dsqlite4java.library.path=" + libraries,
                "-cp",
                libraries.resolve("*").toString(),
                MAIN,
                "-inMemory",
                "-sharedDb",
                "-disableTelemetry",
                "-port",
                Integer.toString(port)))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Whether it came up; false where the process has ended. */
  private boolean answers() throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        call("ListTables", "{}");
        return true;
      } catch (IOException e) {
        if (process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    }
    return false;
  }

  private HttpRequest request(String operation, String json) {
    String service =
        List.of("ListStreams", "DescribeStream", "GetShardIterator", "GetRecords")
                .contains(operation)
            ? "DynamoDBStreams_20120810."
            : "DynamoDB_20120810.";
    return HttpRequest.newBuilder(url)
        .header("X-Amz-Target", service + operation)
        .header("Content-Type", "application/x-amz-json-1.0")
        .header("Authorization", SIGNATURE)
        .POST(BodyPublishers.ofString(json))
        .build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Below the checkout, wherever in it the test runs. */
  private static Optional<Path> libraries() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(LIBRARIES))) {
        return Optional.of(folder.resolve(LIBRARIES));
      }
    }
    return Optional.empty();
  }
}
