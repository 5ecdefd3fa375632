// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdministrationTest {

  private static final String DATABASE =
      "{'Database':{'Arn':'arn:aws:timestream:us-east-1:000000000000:database/metrics',"
          + "'DatabaseName':'metrics','TableCount':0,'KmsKeyId':'key1',"
          + "'CreationTime':1773144000.250,'LastUpdatedTime':1773144000.250}}";

  private final Desk desk = new Desk().open();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void makesDescribesChangesAndDeletesADatabase() {
    assertThat(desk.call("CreateDatabase", "{'DatabaseName':'metrics','KmsKeyId':'key1'}").body())
        .isEqualTo(DATABASE);
    assertThat(desk.call("DescribeDatabase", "{'DatabaseName':'metrics'}").body())
        .isEqualTo(DATABASE);
    desk.clock.advance(Duration.ofSeconds(1));
    assertThat(desk.call("UpdateDatabase", "{'DatabaseName':'metrics','KmsKeyId':'k2'}").body())
        .contains("'KmsKeyId':'k2'", "'LastUpdatedTime':1773144001.250");
    assertThat(desk.call("DeleteDatabase", "{'DatabaseName':'metrics'}").body()).isEqualTo("{}");
    Desk.Answer gone = desk.call("DescribeDatabase", "{'DatabaseName':'metrics'}");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.body())
        .isEqualTo(Desk.error("ResourceNotFoundException", "The database metrics does not exist."));
  }

  @Test
  void aDatabaseThatIsThereIsAConflict() {
    desk.call("CreateDatabase", "{'DatabaseName':'metrics'}");
    Desk.Answer again = desk.call("CreateDatabase", "{'DatabaseName':'metrics'}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.header("x-amzn-errortype")).isEqualTo("ConflictException");
  }

  @Test
  void namesAreHeldToTheModelInTheWordsOfAws() {
    assertThat(desk.call("CreateDatabase", "{'DatabaseName':'ab'}").body())
        .isEqualTo(
            "{'__type':'com.amazonaws.timestream.v20181101#ValidationException','Message':"
                + "'1 validation error detected: Value 'ab' at 'databaseName' failed to satisfy"
                + " constraint: Member must have length greater than or equal to 3'}");
    assertThat(desk.call("CreateDatabase", "{'DatabaseName':'" + "a".repeat(257) + "'}").body())
        .contains("Member must have length less than or equal to 256");
    assertThat(desk.call("CreateDatabase", "{'DatabaseName':'a b c'}").body())
        .contains("Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    assertThat(desk.call("CreateDatabase", "{}").body())
        .contains("Value null at 'databaseName' failed to satisfy constraint: Member must not be");
    assertThat(desk.call("UpdateDatabase", "{'DatabaseName':'abc'}").body())
        .contains("Value null at 'kmsKeyId'");
  }

  @Test
  void keepsAndReturnsEveryPropertyOfATable() {
    desk.call("CreateDatabase", "{'DatabaseName':'metrics'}");
    String properties =
        "'RetentionProperties':{'MemoryStoreRetentionPeriodInHours':24,"
            + "'MagneticStoreRetentionPeriodInDays':7},";
    String writes =
        "'MagneticStoreWriteProperties':{'EnableMagneticStoreWrites':true,"
            + "'MagneticStoreRejectedDataLocation':{'S3Configuration':{'BucketName':'bucket',"
            + "'ObjectKeyPrefix':'p/','EncryptionOption':'SSE_KMS','KmsKeyId':'k'}}},";
    String schema =
        "'Schema':{'CompositePartitionKey':[{'Type':'DIMENSION','Name':'host',"
            + "'EnforcementInRecord':'REQUIRED'}]}";
    Desk.Answer made =
        desk.call(
            "CreateTable",
            "{'DatabaseName':'metrics','TableName':'cpu'," + properties + writes + schema + "}");
    assertThat(made.body())
        .isEqualTo(
            "{'Table':{'Arn':'arn:aws:timestream:us-east-1:000000000000:database/metrics/table/cpu',"
                + "'TableName':'cpu','DatabaseName':'metrics','TableStatus':'ACTIVE',"
                + properties
                + "'CreationTime':1773144000.250,'LastUpdatedTime':1773144000.250,"
                + writes
                + schema
                + "}}");
    assertThat(desk.call("DescribeTable", "{'DatabaseName':'metrics','TableName':'cpu'}").body())
        .isEqualTo(made.body());
  }

  @Test
  void aTableHasTheDocumentedDefaults() {
    desk.call("CreateDatabase", "{'DatabaseName':'metrics'}");
    assertThat(desk.call("CreateTable", "{'DatabaseName':'metrics','TableName':'cpu'}").body())
        .contains(
            "'MemoryStoreRetentionPeriodInHours':6,'MagneticStoreRetentionPeriodInDays':73000",
            "'EnableMagneticStoreWrites':false",
            "'Schema':{'CompositePartitionKey':[{'Type':'MEASURE'}]}");
  }

  @Test
  void updateTableLeavesWhatItDoesNotName() {
    desk.call("CreateDatabase", "{'DatabaseName':'metrics'}");
    desk.call(
        "CreateTable",
        "{'DatabaseName':'metrics','TableName':'cpu','MagneticStoreWriteProperties':"
            + "{'EnableMagneticStoreWrites':true}}");
    assertThat(
            desk.call(
                    "UpdateTable",
                    "{'DatabaseName':'metrics','TableName':'cpu','RetentionProperties':"
                        + "{'MemoryStoreRetentionPeriodInHours':1,"
                        + "'MagneticStoreRetentionPeriodInDays':2}}")
                .body())
        .contains(
            "'MemoryStoreRetentionPeriodInHours':1,'MagneticStoreRetentionPeriodInDays':2",
            "'EnableMagneticStoreWrites':true");
    assertThat(desk.call("UpdateTable", "{'DatabaseName':'metrics','TableName':'other'}").status())
        .isEqualTo(404);
  }

  @Test
  void propertiesAreHeldToTheModel() {
    desk.call("CreateDatabase", "{'DatabaseName':'metrics'}");
    assertThat(table("'RetentionProperties':{'MemoryStoreRetentionPeriodInHours':6}"))
        .contains("Value null at 'retentionProperties.magneticStoreRetentionPeriodInDays'");
    assertThat(
            table(
                "'RetentionProperties':{'MemoryStoreRetentionPeriodInHours':8767,"
                    + "'MagneticStoreRetentionPeriodInDays':1}"))
        .contains("Member must have value less than or equal to 8766");
    assertThat(table("'MagneticStoreWriteProperties':{}"))
        .contains("Value null at 'magneticStoreWriteProperties.enableMagneticStoreWrites'");
    assertThat(table("'Schema':{'CompositePartitionKey':[]}"))
        .contains("Member must have length greater than or equal to 1");
    assertThat(table("'Schema':{'CompositePartitionKey':[{'Type':'TIME'}]}"))
        .contains("Member must satisfy enum value set: [DIMENSION, MEASURE]");
    assertThat(table("'Schema':{'CompositePartitionKey':[{'Type':'DIMENSION'}]}"))
        .contains("Value null at 'schema.compositePartitionKey.1.member.name'");
    assertThat(table("'RetentionProperties':{'MemoryStoreRetentionPeriodInHours':1.5}"))
        .contains("SerializationException");
  }

  @Test
  void listsGoOnWithTheirToken() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      names.add("base%02d".formatted(i));
      desk.call("CreateDatabase", "{'DatabaseName':'" + names.get(i) + "'}");
    }
    Desk.Answer first = desk.call("ListDatabases", "{}");
    assertThat(namesIn(first.body(), "DatabaseName")).isEqualTo(names.subList(0, 20));
    String token = namesIn(first.body(), "NextToken").getFirst();
    Desk.Answer second = desk.call("ListDatabases", "{'NextToken':'" + token + "'}");
    assertThat(namesIn(second.body(), "DatabaseName")).isEqualTo(names.subList(20, 25));
    assertThat(second.body()).doesNotContain("NextToken");
    assertThat(namesIn(desk.call("ListDatabases", "{'MaxResults':3}").body(), "DatabaseName"))
        .hasSize(3);
    assertThat(desk.call("ListDatabases", "{'MaxResults':21}").body())
        .contains("Member must have value less than or equal to 20");
    assertThat(desk.call("ListDatabases", "{'NextToken':'***'}").body())
        .contains("Invalid pagination token");
  }

  @Test
  void listsTheTablesOfOneDatabaseOrOfAll() {
    for (String database : new String[] {"one", "two"}) {
      desk.call("CreateDatabase", "{'DatabaseName':'" + database + "'}");
      for (String table : new String[] {"cpu", "mem"}) {
        desk.call(
            "CreateTable",
            "{'DatabaseName':'%s','TableName':'%s-%s'}".formatted(database, database, table));
      }
    }
    assertThat(namesIn(desk.call("ListTables", "{'DatabaseName':'two'}").body(), "TableName"))
        .containsExactly("two-cpu", "two-mem");
    Desk.Answer first = desk.call("ListTables", "{'MaxResults':3}");
    assertThat(namesIn(first.body(), "TableName")).containsExactly("one-cpu", "one-mem", "two-cpu");
    String token = namesIn(first.body(), "NextToken").getFirst();
    assertThat(
            namesIn(desk.call("ListTables", "{'NextToken':'" + token + "'}").body(), "TableName"))
        .containsExactly("two-mem");
    assertThat(desk.call("ListTables", "{'DatabaseName':'three'}").status()).isEqualTo(404);
  }

  @Test
  void tagsComeGoAndAreListed() {
    desk.call(
        "CreateDatabase",
        "{'DatabaseName':'metrics','Tags':[{'Key':'team','Value':'a'},{'Key':'env','Value':''}]}");
    String arn = "'ResourceARN':'arn:aws:timestream:eu-west-1:000000000000:database/metrics'";
    assertThat(desk.call("ListTagsForResource", "{" + arn + "}").body())
        .isEqualTo("{'Tags':[{'Key':'env','Value':''},{'Key':'team','Value':'a'}]}");
    desk.call("TagResource", "{" + arn + ",'Tags':[{'Key':'team','Value':'b'}]}");
    desk.call("UntagResource", "{" + arn + ",'TagKeys':['env','nope']}");
    assertThat(desk.call("ListTagsForResource", "{" + arn + "}").body())
        .isEqualTo("{'Tags':[{'Key':'team','Value':'b'}]}");
    assertThat(desk.call("TagResource", "{" + arn + ",'Tags':[{'Key':'','Value':'b'}]}").body())
        .contains("'tags.1.member.key'");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      many.append(i == 0 ? "" : ",").append("{'Key':'k").append(i).append("','Value':'v'}");
    }
    Desk.Answer over = desk.call("TagResource", "{" + arn + ",'Tags':[" + many + "]}");
    assertThat(over.status()).isEqualTo(402);
    assertThat(over.header("x-amzn-errortype")).isEqualTo("ServiceQuotaExceededException");
  }

  @Test
  void anArnThatIsNoneNamesNothing() {
    for (String arn :
        new String[] {
          "metrics",
          "arn:aws:s3:::bucket",
          "arn:aws:timestream:us-east-1:000000000001:database/metrics",
          "arn:aws:timestream:us-east-1:000000000000:scheduled-query/q"
        }) {
      Desk.Answer answer = desk.call("ListTagsForResource", "{'ResourceARN':'" + arn + "'}");
      assertThat(answer.header("x-amzn-errortype")).as(arn).isEqualTo("ResourceNotFoundException");
    }
  }

  @Test
  void accountSettingsAreKeptAndReturned() {
    assertThat(desk.call("DescribeAccountSettings", "{}").body())
        .isEqualTo(
            "{'MaxQueryTCU':200,'QueryPricingModel':'COMPUTE_UNITS',"
                + "'QueryCompute':{'ComputeMode':'ON_DEMAND'}}");
    assertThat(desk.call("UpdateAccountSettings", "{'MaxQueryTCU':8}").body())
        .contains("'MaxQueryTCU':8");
    assertThat(desk.call("DescribeAccountSettings", "{}").body()).contains("'MaxQueryTCU':8");
    assertThat(desk.call("UpdateAccountSettings", "{'MaxQueryTCU':7}").status()).isEqualTo(400);
    assertThat(desk.call("UpdateAccountSettings", "{'QueryPricingModel':'BYTES_SCANNED'}").body())
        .contains("can only be changed to COMPUTE_UNITS");
  }

  private String table(String member) {
    return desk.call("CreateTable", "{'DatabaseName':'metrics','TableName':'cpu'," + member + "}")
        .body();
  }

  private static List<String> namesIn(String body, String member) {
    Matcher found = Pattern.compile("'" + member + "':'([^']*)'").matcher(body);
    return found.results().map(result -> result.group(1)).toList();
  }
}
