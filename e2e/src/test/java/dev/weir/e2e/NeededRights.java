// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import dev.weir.e2e.RecordedCalls.Call;
import dev.weir.e2e.deployment.Grant;
import dev.weir.e2e.deployment.Template;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rights without which recorded calls would be denied. An action has the name of its API
 * operation or of its SQL statement, and is bound to a table, or to nothing (Timestream developer
 * guide, "How Amazon Timestream for LiveAnalytics works with IAM", table of actions).
 */
final class NeededRights {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern TABLE = Pattern.compile("\"([^\"]+)\"\\.\"([^\"]+)\"");

  private NeededRights() {}

  static Set<Grant> of(List<Call> calls) {
    Set<Grant> rights = new LinkedHashSet<>();
    for (Call call : calls) {
      JsonNode body = JSON.readTree(call.body());
      rights.add(
          switch (call.operation()) {
            case "WriteRecords", "DescribeTable" ->
                new Grant(
                    action(call.operation()),
                    table(body.path("DatabaseName").asString(), body.path("TableName").asString()));
            case "Query" -> ofStatement(body.path("QueryString").asString());
            case "CancelQuery", "DescribeEndpoints" -> new Grant(action(call.operation()), "*");
            default -> throw new AssertionError("nobody expected " + call);
          });
    }
    return rights;
  }

  private static Grant ofStatement(String sql) {
    if (sql.startsWith("SHOW DATABASES")) {
      return new Grant(action("ListDatabases"), "*");
    }
    Matcher table = TABLE.matcher(sql);
    if (!table.find()) {
      throw new AssertionError("no table in " + sql);
    }
    String arn = table(table.group(1), table.group(2));
    while (table.find()) {
      if (!table(table.group(1), table.group(2)).equals(arn)) {
        throw new AssertionError("more than one table in " + sql);
      }
    }
    return new Grant(
        switch (sql.split(" ", 2)[0]) {
          case "SELECT", "WITH" -> action("Select");
          case "DESCRIBE" -> action("DescribeTable");
          case "SHOW" -> action("ListMeasures");
          default -> throw new AssertionError("nobody expected " + sql);
        },
        arn);
  }

  private static String action(String name) {
    return "timestream:" + name;
  }

  private static String table(String database, String table) {
    return "arn:aws:timestream:%s:%s:database/%s/table/%s"
        .formatted(Template.REGION, Template.ACCOUNT, database, table);
  }
}
