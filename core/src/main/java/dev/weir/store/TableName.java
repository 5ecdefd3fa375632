// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A table in a database. Both names have 3 to 256 bytes of {@code a-z A-Z 0-9 _ . -} and are case
 * sensitive (AWS developer guide, "Quotas").
 */
public record TableName(String database, String table) {

  private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9_.-]+");
  private static final int BYTES_MIN = 3;
  private static final int BYTES_MAX = 256;

  public TableName {
    check("database", database);
    check("table", table);
  }

  private static void check(String what, String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < BYTES_MIN || bytes > BYTES_MAX || !ALLOWED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s name \"%s\" must have %d to %d characters of a-z A-Z 0-9 _ . -"
              .formatted(what, name, BYTES_MIN, BYTES_MAX));
    }
  }

  @Override
  public String toString() {
    return database + "." + table;
  }
}
