// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Scope;
import dev.weir.server.timestream.wire.Caller;
import dev.weir.server.timestream.wire.Operation.Access;
import dev.weir.store.TableName;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.kit.ScriptedQueryRunner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

  private static final Scope TEAM = Scope.matching(List.of("team-*"));

  private final AtomicReference<Caller> caller =
      new AtomicReference<>(new Caller("AK", "eu-west-1", TEAM, Access.WRITE));
  private final ScriptedQueryRunner queries = new ScriptedQueryRunner();
  private final Desk desk = new Desk().queries(queries).callers((_, _) -> caller.get()).open();

  @BeforeEach
  void makeTables() {
    for (String database : List.of("team-a", "other")) {
      desk.account.createDatabase(database, null, Map.of());
      desk.account.createTable(new TableName(database, "cpu"), TableProperties.DEFAULT, Map.of());
    }
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CreateDatabase|'DatabaseName':'third'",
        "DescribeDatabase|'DatabaseName':'other'",
        "DeleteDatabase|'DatabaseName':'other'",
        "UpdateDatabase|'DatabaseName':'other','KmsKeyId':'k'",
        "DescribeTable|'DatabaseName':'other','TableName':'cpu'",
        "ListTables|'DatabaseName':'other'",
        "DeleteTable|'DatabaseName':'other','TableName':'cpu'",
        "ListTagsForResource|'ResourceARN':'arn:aws:timestream:us-east-1:000000000000:database/other'",
        "WriteRecords|'DatabaseName':'other','TableName':'cpu','Records':[{'MeasureName':'m',"
            + "'MeasureValue':'1','Time':'1'}]",
        "UpdateAccountSettings|'MaxQueryTCU':4"
      })
  void whatLiesOutsideOfTheDatabasesIsDenied(String operation, String members) {
    Desk.Answer answer = desk.call(operation, "{" + members + "}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("AccessDeniedException");
    assertThat(answer.body())
        .contains("User: AK is not authorized to perform: timestream:" + operation);
    assertThat(desk.account.databases()).containsExactly("other", "team-a");
    assertThat(desk.points.points()).isEmpty();
  }

  @Test
  void listsShowWhatTheCallerMaySee() {
    assertThat(desk.call("ListDatabases", "{}").body())
        .contains("'arn:aws:timestream:eu-west-1:000000000000:database/team-a'")
        .doesNotContain("other");
    assertThat(desk.call("ListTables", "{}").body()).contains("team-a").doesNotContain("other");
  }

  @Test
  void aQueryRunsInTheCallersScope() {
    desk.call("Query", "{'QueryString':'SELECT 1'}");
    assertThat(queries.requests().getFirst().scope()).isEqualTo(TEAM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WriteRecords", "CreateDatabase", "UpdateDatabase", "DeleteDatabase", "CreateTable",
        "UpdateTable", "DeleteTable", "TagResource", "UntagResource", "UpdateAccountSettings",
        "CreateScheduledQuery"
      })
  void whoMayReadMayNotWrite(String operation) {
    caller.set(new Caller("AK", "us-east-1", Scope.all(), Access.READ));
    Desk.Answer answer = desk.call(operation, "{'DatabaseName':'team-a'}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            Desk.error(
                "AccessDeniedException",
                "User: AK is not authorized to perform: timestream:"
                    + operation
                    + " with access = read"));
  }

  @Test
  void whoMayReadMayDescribe() {
    caller.set(new Caller("AK", "us-east-1", Scope.all(), Access.READ));
    assertThat(desk.call("DescribeDatabase", "{'DatabaseName':'other'}").status()).isEqualTo(200);
    assertThat(desk.call("DescribeEndpoints", "{}").status()).isEqualTo(200);
    assertThat(desk.call("DescribeAccountSettings", "{}").status()).isEqualTo(200);
  }
}
