// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamquery.model.Row;
import software.amazon.awssdk.services.timestreamquery.model.ValidationException;

/** The results of checks as a user of Amazon Timestream reads them: by the AWS SDK, in SQL. */
final class CheckResults implements AutoCloseable {

  /** The original's table of results. */
  static final String TABLE = "\"CPTMonitoring\".\"WebsiteMonitoringData\"";

  private final TimestreamQueryClient query;

  CheckResults(Web weir) {
    this.query =
        TimestreamQueryClient.builder()
            .endpointOverride(URI.create("http://" + weir.address()))
            .endpointDiscoveryEnabled(false)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("weir", "weir")))
            .build();
  }

  /** The cells of all rows over all pages; NULL is null. */
  List<List<String>> rows(String sql) {
    List<List<String>> rows = new ArrayList<>();
    for (var page : query.queryPaginator(q -> q.queryString(sql))) {
      for (Row row : page.rows()) {
        rows.add(row.data().stream().map(cell -> cell.scalarValue()).toList());
      }
    }
    return rows;
  }

  /** As {@link #rows}; none while the table or a column is not there yet. */
  List<List<String>> rowsSoFar(String sql) {
    try {
      return rows(sql);
    } catch (ValidationException notYet) {
      return List.of();
    }
  }

  /** The one number that is asked for; 0 while the table is not there yet. */
  long count(String sql) {
    List<List<String>> rows = rowsSoFar(sql);
    return rows.isEmpty() ? 0 : Long.parseLong(rows.getFirst().getFirst());
  }

  @Override
  public void close() {
    query.close();
  }
}
