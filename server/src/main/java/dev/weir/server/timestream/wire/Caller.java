// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.wire;

import dev.weir.query.Scope;
import dev.weir.server.timestream.wire.Operation.Access;

/**
 * Who calls, and what the caller may.
 *
 * @param accessKey names the caller; tokens and query ids belong to it
 * @param region of the credential scope; ARNs carry it
 * @param scope the databases that the caller may see and use
 * @param access whether the caller may write too
 */
public record Caller(String accessKey, String region, Scope scope, Access access) {

  /** All resources belong to this account. */
  public static final String ACCOUNT = "000000000000";

  /** Where a request has no credentials. */
  public static final String DEFAULT_REGION = "us-east-1";

  /** The ARN of a database. */
  public String databaseArn(String database) {
    return "arn:aws:timestream:" + region + ":" + ACCOUNT + ":database/" + database;
  }

  /** The ARN of a table. */
  public String tableArn(String database, String table) {
    return databaseArn(database) + "/table/" + table;
  }

  /** Refuses operations that the caller's access does not cover. */
  public void mayCall(Operation operation) {
    if (operation.access() == Access.WRITE && access == Access.READ) {
      throw denied(operation, "with access = read");
    }
  }

  /** Refuses databases that the caller may not see. */
  public void mayUse(String database, Operation operation) {
    if (!scope.includes(database)) {
      throw denied(operation, "on resource: " + databaseArn(database));
    }
  }

  /** Refuses what concerns the whole account to callers that see a part of it. */
  public void mayUseAll(Operation operation) {
    if (!(scope instanceof Scope.All)) {
      throw denied(operation, "on the account: the profile is limited to databases");
    }
  }

  private WireException denied(Operation operation, String where) {
    return new WireException(
        Fault.ACCESS_DENIED,
        "User: %s is not authorized to perform: timestream:%s %s"
            .formatted(accessKey, operation.wireName(), where));
  }
}
