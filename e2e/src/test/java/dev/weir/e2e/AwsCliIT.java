// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The commands of the AWS documentation ("Using the AWS CLI"), by Debian's awscli, from an empty
 * Weir to an empty Weir.
 */
class AwsCliIT {

  private static final String ARN = "arn:aws:timestream:us-east-1:000000000000:database/myDatabase";

  @TempDir private Path folder;

  @Test
  void runsTheCommandsOfTheDocumentation() {
    AwsCli unstarted = AwsCli.at("http://127.0.0.1:1", folder);
    assertThat(unstarted.fails("timestream-write", "list-databases"))
        .contains("Could not connect to the endpoint URL");
    try (WeirProcess weir = WeirProcess.start(folder, "--doors=timestream,console")) {
      AwsCli aws = AwsCli.at("http://" + weir.web().address(), folder);
      describesItsEndpoints(aws, weir);
      makesADatabase(aws);
      makesATable(aws);
      writes(aws);
      queries(aws);
      tags(aws);
      deletes(aws);
    }
  }

  private static void describesItsEndpoints(AwsCli aws, WeirProcess weir) {
    for (String api : new String[] {"timestream-write", "timestream-query"}) {
      JsonNode endpoint = aws.run(api, "describe-endpoints").path("Endpoints").path(0);
      assertThat(endpoint.path("Address").asString()).isEqualTo("http://" + weir.web().address());
      assertThat(endpoint.path("CachePeriodInMinutes").asInt()).isEqualTo(1_440);
    }
  }

  private static void makesADatabase(AwsCli aws) {
    JsonNode made =
        aws.run("timestream-write", "create-database", "--database-name", "myDatabase")
            .path("Database");
    assertThat(made.path("Arn").asString()).isEqualTo(ARN);
    assertThat(made.path("TableCount").asInt()).isZero();
    assertThat(aws.fails("timestream-write", "create-database", "--database-name", "myDatabase"))
        .contains("(ConflictException)");
    aws.run(
        "timestream-write",
        "update-database",
        "--database-name",
        "myDatabase",
        "--kms-key-id",
        "alias/mine");
    JsonNode described =
        aws.run("timestream-write", "describe-database", "--database-name", "myDatabase")
            .path("Database");
    assertThat(described.path("KmsKeyId").asString()).isEqualTo("alias/mine");
    assertThat(described.path("CreationTime").asString()).startsWith("20");
    assertThat(
            aws.run("timestream-write", "list-databases")
                .path("Databases")
                .findValuesAsString("DatabaseName"))
        .contains("myDatabase");
  }

  private static void makesATable(AwsCli aws) {
    aws.run(
        "timestream-write",
        "create-table",
        "--database-name",
        "myDatabase",
        "--table-name",
        "myTable",
        "--retention-properties",
        "{\"MemoryStoreRetentionPeriodInHours\":24,\"MagneticStoreRetentionPeriodInDays\":7}");
    aws.run(
        "timestream-write",
        "update-table",
        "--database-name",
        "myDatabase",
        "--table-name",
        "myTable",
        "--retention-properties",
        "{\"MemoryStoreRetentionPeriodInHours\":48,\"MagneticStoreRetentionPeriodInDays\":73000}",
        "--magnetic-store-write-properties",
        "EnableMagneticStoreWrites=true");
    JsonNode table =
        aws.run(
                "timestream-write",
                "describe-table",
                "--database-name",
                "myDatabase",
                "--table-name",
                "myTable")
            .path("Table");
    assertThat(table.path("TableStatus").asString()).isEqualTo("ACTIVE");
    assertThat(table.path("Arn").asString()).isEqualTo(ARN + "/table/myTable");
    assertThat(table.path("RetentionProperties").toString())
        .isEqualTo(
            "{\"MemoryStoreRetentionPeriodInHours\":48,"
                + "\"MagneticStoreRetentionPeriodInDays\":73000}");
    assertThat(
            table
                .path("MagneticStoreWriteProperties")
                .path("EnableMagneticStoreWrites")
                .asBoolean())
        .isTrue();
    assertThat(
            aws.run("timestream-write", "list-tables", "--database-name", "myDatabase")
                .path("Tables")
                .findValuesAsString("TableName"))
        .containsExactly("myTable");
    assertThat(
            aws.fails(
                "timestream-write",
                "describe-table",
                "--database-name",
                "myDatabase",
                "--table-name",
                "nowhere"))
        .contains("(ResourceNotFoundException)");
  }

  private static void writes(AwsCli aws) {
    String time = Long.toString(System.currentTimeMillis());
    String common =
        """
        {"Dimensions":[{"Name":"asset_id","Value":"100"}],"Time":"%s","TimeUnit":"MILLISECONDS"}\
        """
            .formatted(time);
    JsonNode ingested =
        aws.run(
                "timestream-write",
                "write-records",
                "--database-name",
                "myDatabase",
                "--table-name",
                "myTable",
                "--common-attributes",
                common,
                "--records",
                """
                [{"MeasureName":"temperature","MeasureValueType":"DOUBLE","MeasureValue":"30"},\
                {"MeasureName":"windspeed","MeasureValueType":"DOUBLE","MeasureValue":"7"},\
                {"MeasureName":"humidity","MeasureValueType":"DOUBLE","MeasureValue":"15"}]\
                """)
            .path("RecordsIngested");
    assertThat(ingested.path("Total").asInt()).isEqualTo(3);
    assertThat(ingested.path("MemoryStore").asInt()).isEqualTo(3);
    String rejected =
        aws.fails(
            "timestream-write",
            "write-records",
            "--database-name",
            "myDatabase",
            "--table-name",
            "myTable",
            "--common-attributes",
            common,
            "--records",
            """
            [{"MeasureName":"temperature","MeasureValueType":"DOUBLE","MeasureValue":"31"}]\
            """);
    assertThat(rejected)
        .contains("(RejectedRecordsException)")
        .contains("One or more records have been rejected.");
  }

  private static void queries(AwsCli aws) {
    JsonNode answer =
        aws.run(
            "timestream-query",
            "query",
            "--query-string",
            """
            SELECT measure_name, measure_value::double FROM "myDatabase"."myTable" \
            WHERE measure_name='windspeed' OR measure_name='temperature' ORDER BY 1\
            """);
    assertThat(answer.path("Rows").toString())
        .isEqualTo(
            """
            [{"Data":[{"ScalarValue":"temperature"},{"ScalarValue":"30.0"}]},\
            {"Data":[{"ScalarValue":"windspeed"},{"ScalarValue":"7.0"}]}]\
            """);
    assertThat(answer.path("ColumnInfo").toString())
        .isEqualTo(
            """
            [{"Name":"measure_name","Type":{"ScalarType":"VARCHAR"}},\
            {"Name":"measure_value::double","Type":{"ScalarType":"DOUBLE"}}]\
            """);
    assertThat(aws.fails("timestream-query", "query", "--query-string", "SELECT nope"))
        .contains("(ValidationException)")
        .contains("line 1:8: Column 'nope' does not exist");
    JsonNode prepared =
        aws.run(
            "timestream-query",
            "prepare-query",
            "--validate-only",
            "--query-string",
            "SELECT asset_id FROM \"myDatabase\".\"myTable\" WHERE time > @since");
    assertThat(prepared.path("Columns").path(0).path("Name").asString()).isEqualTo("asset_id");
    assertThat(prepared.path("Parameters").path(0).path("Name").asString()).contains("since");
    assertThat(aws.fails("timestream-query", "cancel-query", "--query-id", "NOSUCHQUERY"))
        .contains("(ValidationException)");
  }

  private static void tags(AwsCli aws) {
    aws.run(
        "timestream-write",
        "tag-resource",
        "--resource-arn",
        ARN,
        "--tags",
        "Key=team,Value=metrics",
        "Key=cost,Value=7");
    aws.run("timestream-write", "untag-resource", "--resource-arn", ARN, "--tag-keys", "cost");
    for (String api : new String[] {"timestream-write", "timestream-query"}) {
      assertThat(
              aws.run(api, "list-tags-for-resource", "--resource-arn", ARN).path("Tags").toString())
          .isEqualTo("[{\"Key\":\"team\",\"Value\":\"metrics\"}]");
    }
  }

  private static void deletes(AwsCli aws) {
    assertThat(aws.fails("timestream-write", "delete-database", "--database-name", "myDatabase"))
        .contains("(ValidationException)");
    aws.run(
        "timestream-write",
        "delete-table",
        "--database-name",
        "myDatabase",
        "--table-name",
        "myTable");
    aws.run("timestream-write", "delete-database", "--database-name", "myDatabase");
    assertThat(
            aws.run("timestream-write", "list-databases")
                .path("Databases")
                .findValuesAsString("DatabaseName"))
        .doesNotContain("myDatabase");
  }
}
