// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every operation of both APIs, which share a target prefix and a port. */
public enum Operation {
  WRITE_RECORDS("WriteRecords", Access.WRITE),
  CREATE_DATABASE("CreateDatabase", Access.WRITE),
  DESCRIBE_DATABASE("DescribeDatabase", Access.READ),
  LIST_DATABASES("ListDatabases", Access.READ),
  UPDATE_DATABASE("UpdateDatabase", Access.WRITE),
  DELETE_DATABASE("DeleteDatabase", Access.WRITE),
  CREATE_TABLE("CreateTable", Access.WRITE),
  DESCRIBE_TABLE("DescribeTable", Access.READ),
  LIST_TABLES("ListTables", Access.READ),
  UPDATE_TABLE("UpdateTable", Access.WRITE),
  DELETE_TABLE("DeleteTable", Access.WRITE),
  TAG_RESOURCE("TagResource", Access.WRITE),
  UNTAG_RESOURCE("UntagResource", Access.WRITE),
  LIST_TAGS_FOR_RESOURCE("ListTagsForResource", Access.READ),
  DESCRIBE_ENDPOINTS("DescribeEndpoints", Access.READ),
  QUERY("Query", Access.READ),
  CANCEL_QUERY("CancelQuery", Access.READ),
  PREPARE_QUERY("PrepareQuery", Access.READ),
  DESCRIBE_ACCOUNT_SETTINGS("DescribeAccountSettings", Access.READ),
  UPDATE_ACCOUNT_SETTINGS("UpdateAccountSettings", Access.WRITE),
  CREATE_BATCH_LOAD_TASK("CreateBatchLoadTask", Access.WRITE, "batch load"),
  DESCRIBE_BATCH_LOAD_TASK("DescribeBatchLoadTask", Access.READ, "batch load"),
  LIST_BATCH_LOAD_TASKS("ListBatchLoadTasks", Access.READ, "batch load"),
  RESUME_BATCH_LOAD_TASK("ResumeBatchLoadTask", Access.WRITE, "batch load"),
  CREATE_SCHEDULED_QUERY("CreateScheduledQuery", Access.WRITE, "scheduled queries"),
  DELETE_SCHEDULED_QUERY("DeleteScheduledQuery", Access.WRITE, "scheduled queries"),
  DESCRIBE_SCHEDULED_QUERY("DescribeScheduledQuery", Access.READ, "scheduled queries"),
  EXECUTE_SCHEDULED_QUERY("ExecuteScheduledQuery", Access.WRITE, "scheduled queries"),
  LIST_SCHEDULED_QUERIES("ListScheduledQueries", Access.READ, "scheduled queries"),
  UPDATE_SCHEDULED_QUERY("UpdateScheduledQuery", Access.WRITE, "scheduled queries");

  /** What a caller must be allowed; who may write may read. */
  public enum Access {
    READ,
    WRITE
  }

  private static final String TARGET_PREFIX = "Timestream_20181101.";

  private static final Map<String, Operation> BY_TARGET =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  operation -> TARGET_PREFIX + operation.wireName, Function.identity()));

  private final String wireName;
  private final Access access;
  private final @Nullable String missing;

  Operation(String wireName, Access access) {
    this(wireName, access, null);
  }

  Operation(String wireName, Access access, @Nullable String missing) {
    this.wireName = wireName;
    this.access = access;
    this.missing = missing;
  }

  /** The operation that an X-Amz-Target names. */
  public static Optional<Operation> of(String target) {
    return Optional.ofNullable(BY_TARGET.get(target));
  }

  public String wireName() {
    return wireName;
  }

  /** What a caller must be allowed. */
  public Access access() {
    return access;
  }

  /** The part of Timestream that it belongs to and that Weir leaves out, or null. */
  public @Nullable String missing() {
    return missing;
  }

  /** Whether a query's text is run or checked. */
  public boolean isQuery() {
    return this == QUERY || this == CANCEL_QUERY || this == PREPARE_QUERY;
  }
}
