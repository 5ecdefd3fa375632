// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import dev.weir.monitor.check.SiteKey;
import dev.weir.store.TableName;

/**
 * Where results are kept. The customer that sites without one belong to has the database itself;
 * each other customer has a database of its own, so that keys and permissions can be given by
 * customer: {@code DATABASE-CUSTOMER}. Tables have the same names in each.
 */
public record CheckTables(String database, String table) {

  /** As the original named them. */
  public static final CheckTables ORIGINAL =
      new CheckTables("CPTMonitoring", "WebsiteMonitoringData");

  private static final String HOURLY = "WebsiteMonitoringHourly";

  public CheckTables {
    TableName _ = new TableName(database, table); // says what is wrong with a name
    if (table.equals(HOURLY)) {
      throw new IllegalArgumentException(
          "the table of the checks can't be %s, which holds their hourly sums".formatted(HOURLY));
    }
  }

  /** The table of a customer's results. */
  public TableName results(String customer) {
    return new TableName(databaseOf(customer), table);
  }

  /** The table of a customer's hourly rollups. */
  public TableName hourly(String customer) {
    return new TableName(databaseOf(customer), HOURLY);
  }

  /** Where the hourly rollups of such a table are. */
  public static TableName hourlyOf(TableName results) {
    return new TableName(results.database(), HOURLY);
  }

  private String databaseOf(String customer) {
    return customer.equals(SiteKey.DEFAULT_CUSTOMER) ? database : database + "-" + customer;
  }
}
