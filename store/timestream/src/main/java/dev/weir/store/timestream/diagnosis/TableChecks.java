// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import dev.weir.query.SqlText;
import dev.weir.store.TableName;
import dev.weir.store.timestream.cause.Cause;
import dev.weir.store.timestream.cause.NetworkCauses;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The table and the rights on it. Nothing is stored: the one record that is sent lies a year ahead,
 * and Timestream refuses what is more than 15 minutes ahead (developer guide, "Quotas") after it
 * has looked at credentials, rights and table. Used by one thread.
 */
final class TableChecks {

  static final String TABLE = "table";
  static final String RETENTION = "retention";
  static final String WRITE = "write permission";
  static final String READ = "read permission";

  static final List<String> NAMES = List.of(TABLE, RETENTION, WRITE, READ);

  private static final Duration AHEAD = Duration.ofDays(365);
  private static final String PROBE = "weir_doctor";
  private static final JsonFactory JSON = new JsonFactory();

  private final TableName table;
  private final String region;
  private final Caller caller;
  private final AwsCredentials credentials;
  private final Surroundings surroundings;
  private volatile @Nullable Reply described;
  private volatile @Nullable Reply written;

  TableChecks(Subject subject, Caller caller, AwsCredentials credentials, Surroundings with) {
    this.table = subject.table();
    this.region = subject.region();
    this.caller = caller;
    this.credentials = credentials;
    this.surroundings = with;
  }

  /** Whether the table is there, from DescribeTable, which the connector itself never calls. */
  Finding table(URI endpoint) {
    try {
      Reply reply = caller.call(endpoint, "DescribeTable", named(), credentials);
      described = reply;
      if (reply.isDone()) {
        String status = reply.body().text("Table", "TableStatus");
        return status.equals("ACTIVE") || status.isEmpty()
            ? Finding.of(TABLE, State.OK, "%s is there".formatted(table))
            : Finding.of(
                TABLE,
                State.FAIL,
                new Cause("%s is %s".formatted(table, status), "wait, or use another table"));
      }
      if (reply.is("ResourceNotFoundException")) {
        return Finding.of(TABLE, State.FAIL, missing(reply));
      }
      if (reply.is("AccessDeniedException")) {
        return Finding.skipped(
            TABLE, "not to be looked at without timestream:DescribeTable, which is not needed");
      }
      return Finding.of(TABLE, State.FAIL, reply.cause());
    } catch (IOException e) {
      return Finding.of(TABLE, State.FAIL, NetworkCauses.of(e, endpoint));
    }
  }

  /** How long the table takes samples, from the answer that {@link #table} had. */
  Finding retention() {
    Reply reply = described;
    if (reply == null || !reply.isDone()) {
      return Finding.skipped(RETENTION, "needs DescribeTable");
    }
    JsonTree body = reply.body();
    String hours = body.text("Table", "RetentionProperties", "MemoryStoreRetentionPeriodInHours");
    String days = body.text("Table", "RetentionProperties", "MagneticStoreRetentionPeriodInDays");
    if (hours.isEmpty()) {
      return Finding.skipped(RETENTION, "the endpoint does not tell it");
    }
    String text = "memory store %s h, magnetic store %s d".formatted(hours, days);
    boolean late =
        body.text("Table", "MagneticStoreWriteProperties", "EnableMagneticStoreWrites")
            .equals("true");
    if (late) {
      return Finding.of(RETENTION, State.OK, text + ", magnetic writes on");
    }
    return isAllInMemory(hours, days)
        ? Finding.of(RETENTION, State.OK, text)
        : Finding.of(
            RETENTION,
            State.WARN,
            new Cause(
                "%s, magnetic writes off: samples over %s h old are refused for good"
                    .formatted(text, hours),
                "aws timestream-write update-table --database-name %s --table-name %s --region %s"
                        .formatted(table.database(), table.table(), region)
                    + " --magnetic-store-write-properties EnableMagneticStoreWrites=true"));
  }

  private static boolean isAllInMemory(String hours, String days) {
    try {
      return Long.parseLong(hours) >= TimeUnit.DAYS.toHours(Long.parseLong(days));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Whether a record would be taken, from one that can't be. */
  Finding write(URI endpoint) {
    try {
      Reply reply = caller.call(endpoint, "WriteRecords", aheadOfTime(), credentials);
      written = reply;
      return switch (reply.errorType()) {
        case "RejectedRecordsException" ->
            Finding.of(
                WRITE, State.OK, "a record of next year was judged and refused, as it should");
        case "ValidationException" ->
            Finding.of(
                WRITE,
                State.WARN,
                "a record of next year was found invalid, not too new: " + reply.message());
        case "AccessDeniedException" -> Finding.of(WRITE, State.FAIL, right(reply, "WriteRecords"));
        case "ResourceNotFoundException" -> Finding.of(WRITE, State.FAIL, missing(reply));
        default ->
            reply.isDone()
                ? Finding.of(
                    WRITE,
                    State.WARN,
                    new Cause(
                        "a record of next year was taken, which Timestream does not do",
                        "see what the endpoint is; measure %s is there now".formatted(PROBE)))
                : Finding.of(WRITE, State.FAIL, reply.cause());
      };
    } catch (IOException e) {
      return Finding.of(WRITE, State.FAIL, NetworkCauses.of(e, endpoint));
    }
  }

  /** Whether queries are answered, from one without rows. */
  Finding read(URI endpoint) {
    SqlText sql = new SqlText().raw("SELECT time FROM ");
    sql.identifier(table.database()).raw(".").identifier(table.table());
    sql.raw(" WHERE time >= ago(1m) LIMIT 0");
    try {
      Reply reply =
          caller.call(endpoint, "Query", object("QueryString", sql.toString()), credentials);
      if (reply.isDone()) {
        return Finding.of(READ, State.OK, "a query over no rows was answered");
      }
      return switch (reply.errorType()) {
        case "AccessDeniedException" -> Finding.of(READ, State.FAIL, right(reply, "Select"));
        case "ResourceNotFoundException" -> Finding.of(READ, State.FAIL, missing(reply));
        case "ValidationException" ->
            reply.message().contains("does not exist")
                ? Finding.of(READ, State.FAIL, missing(reply))
                : Finding.of(READ, State.FAIL, reply.cause());
        default -> Finding.of(READ, State.FAIL, reply.cause());
      };
    } catch (IOException e) {
      return Finding.of(READ, State.FAIL, NetworkCauses.of(e, endpoint));
    }
  }

  /** What the look at the table becomes once a record was judged by it, or was not. */
  Finding inHindsight(Finding look) {
    Reply reply = written;
    if (reply == null) {
      return look;
    }
    if (reply.is("ResourceNotFoundException") && look.state() != State.OK) {
      return Finding.of(TABLE, State.FAIL, missing(reply)).after(look.took());
    }
    return reply.is("RejectedRecordsException") && look.state() == State.SKIPPED
        ? Finding.of(TABLE, State.OK, "%s is there: it judged a record".formatted(table))
            .after(look.took())
        : look;
  }

  /** Whether the table, or its database, turned out not to be there. */
  boolean isMissing() {
    return isNotFound(described) || isNotFound(written);
  }

  private static boolean isNotFound(@Nullable Reply reply) {
    return reply != null && reply.is("ResourceNotFoundException");
  }

  private Cause right(Reply reply, String action) {
    return new Cause(
        reply.cause().what(),
        "allow timestream:%s on arn:aws:timestream:%s:ACCOUNT:database/%s/table/%s in the IAM policy"
            .formatted(action, region, table.database(), table.table()));
  }

  private Cause missing(Reply reply) {
    String said = reply.message().toLowerCase(Locale.ROOT);
    boolean database = said.contains("database") && !said.contains("table");
    String createTable =
        "aws timestream-write create-table --database-name %s --table-name %s --region %s"
                .formatted(table.database(), table.table(), region)
            + " --magnetic-store-write-properties EnableMagneticStoreWrites=true";
    return database
        ? new Cause(
            "there is no database %s in %s".formatted(table.database(), region),
            "check --default-database and --region, or: aws timestream-write create-database"
                + " --database-name %s --region %s && %s"
                    .formatted(table.database(), region, createTable))
        : new Cause(
            "there is no table %s in database %s in %s"
                .formatted(table.table(), table.database(), region),
            "check --default-table and --region, or: " + createTable);
  }

  private String named() {
    return object("DatabaseName", table.database(), "TableName", table.table());
  }

  private static String object(String... namesAndValues) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      for (int i = 0; i < namesAndValues.length; i += 2) {
        json.writeStringProperty(namesAndValues[i], namesAndValues[i + 1]);
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  private String aheadOfTime() {
    long millis = surroundings.clock().instant().plus(AHEAD).toEpochMilli();
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("DatabaseName", table.database());
      json.writeStringProperty("TableName", table.table());
      json.writeArrayPropertyStart("Records");
      json.writeStartObject();
      json.writeArrayPropertyStart("Dimensions");
      json.writeStartObject();
      json.writeStringProperty("Name", PROBE);
      json.writeStringProperty("Value", "probe");
      json.writeEndObject();
      json.writeEndArray();
      json.writeStringProperty("MeasureName", PROBE);
      json.writeStringProperty("MeasureValue", "0");
      json.writeStringProperty("MeasureValueType", "DOUBLE");
      json.writeStringProperty("Time", Long.toString(millis));
      json.writeStringProperty("TimeUnit", "MILLISECONDS");
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }
}
