// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamquery.model.Row;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;

/**
 * A Weir that stands for Amazon Timestream: its wire API alone is open, callers are known by a
 * credentials file and signatures are verified, tables are made over the API and have Amazon's
 * windows and limits.
 */
final class LocalTimestream implements AutoCloseable {

  /** May do everything. */
  static final Caller OWNER = new Caller("AKIDOWNER", "owner/secret+1", null);

  private static final String OWNER_PROFILE = OWNER.profile("owner", "*", "write");

  /** Retention of the memory store: what is older is refused, as Amazon does by default. */
  static final int MEMORY_HOURS = 6;

  private final WeirProcess weir;
  private final Path credentials;
  private final TimestreamWriteClient write;
  private final TimestreamQueryClient query;

  /** Who signs, with a session token or null. */
  record Caller(String key, String secret, String token) {

    /** As it stands in a credentials file. */
    String profile(String name, String databases, String access) {
      return """
      [%s]
      aws_access_key_id = %s
      aws_secret_access_key = %s
      %sdatabases = %s
      access = %s
      """
          .formatted(
              name,
              key,
              secret,
              token == null ? "" : "aws_session_token = " + token + "\n",
              databases,
              access);
    }

    /** The headers by which a sender brings its credentials to the connector. */
    String[] headers() {
      List<String> headers = new ArrayList<>(List.of(RemoteClient.basic(key, secret)));
      if (token != null) {
        headers.addAll(List.of("X-Amz-Security-Token", token));
      }
      return headers.toArray(String[]::new);
    }
  }

  private LocalTimestream(WeirProcess weir, Path credentials) {
    this.weir = weir;
    this.credentials = credentials;
    StaticCredentialsProvider owner =
        StaticCredentialsProvider.create(AwsBasicCredentials.create(OWNER.key(), OWNER.secret()));
    this.write =
        TimestreamWriteClient.builder()
            .endpointOverride(URI.create(endpoint()))
            .endpointDiscoveryEnabled(false)
            .region(Region.US_EAST_1)
            .credentialsProvider(owner)
            .build();
    this.query =
        TimestreamQueryClient.builder()
            .endpointOverride(URI.create(endpoint()))
            .endpointDiscoveryEnabled(false)
            .region(Region.US_EAST_1)
            .credentialsProvider(owner)
            .build();
  }

  /** Starts one without tables, which knows the owner and the callers of more profiles. */
  static LocalTimestream start(Path folder, String... profiles) {
    Path file = folder.resolve("credentials");
    writeProfiles(file, profiles);
    return new LocalTimestream(
        WeirProcess.start(folder, "--doors=timestream", "--timestream.credentials-file=" + file),
        file);
  }

  /** Starts it again with the same data, and callers by these profiles. */
  void restartWith(String... profiles) {
    writeProfiles(credentials, profiles);
    weir.killAndRestart();
  }

  private static void writeProfiles(Path file, String... profiles) {
    try {
      Files.writeString(file, OWNER_PROFILE + "\n" + String.join("\n", profiles));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a database with a table in it, with the defaults of CreateTable. */
  void createTable(String database, String table) {
    write.createDatabase(d -> d.databaseName(database));
    addTable(database, table);
  }

  /** Makes one more table. */
  void addTable(String database, String table) {
    write.createTable(t -> t.databaseName(database).tableName(table));
  }

  /** The cells of all rows of a query over all its pages; NULL is null. */
  List<List<String>> rows(String sql) {
    List<List<String>> rows = new ArrayList<>();
    for (var page : query.queryPaginator(q -> q.queryString(sql))) {
      for (Row row : page.rows()) {
        rows.add(row.data().stream().map(cell -> cell.scalarValue()).toList());
      }
    }
    return rows;
  }

  String endpoint() {
    return "http://" + weir.web().address();
  }

  int port() {
    return weir.web().port();
  }

  WeirProcess weir() {
    return weir;
  }

  @Override
  public void close() {
    write.close();
    query.close();
    weir.close();
  }
}
