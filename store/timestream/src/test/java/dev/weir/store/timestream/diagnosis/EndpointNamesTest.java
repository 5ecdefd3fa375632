// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.TableName;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "us-east-1 | - | -",
        "eu-west-1 | https://ingest-cell1.timestream.eu-west-1.amazonaws.com"
            + " | https://query-cell3.timestream.eu-west-1.amazonaws.com",
        "eu-west-1 | https://vpce-0a1b-c2d3.ingest-cell1.timestream.eu-west-1.vpce.amazonaws.com"
            + " | https://vpce-0a1b-c2d4.query-cell1.timestream.eu-west-1.vpce.amazonaws.com",
        "us-east-1 | https://timestream-ingest.us-east-1.api.aws"
            + " | https://timestream-query.us-east-1.api.aws",
        "us-east-1 | http://127.0.0.1:9201 | http://127.0.0.1:9201"
      })
  void takesWhatMakesSense(String region, @Nullable String write, @Nullable String query) {
    assertThat(settings(region, write, query).state()).isEqualTo(State.OK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "us-east-1 | https://ingest-cell1.timestream.eu-west-1.amazonaws.com"
            + " | https://query-cell1.timestream.us-east-1.amazonaws.com"
            + " | is in eu-west-1, --region is us-east-1 | give --region=eu-west-1",
        "us-east-1 | https://query-cell1.timestream.us-east-1.amazonaws.com"
            + " | https://ingest-cell1.timestream.us-east-1.amazonaws.com"
            + " | --write-base-endpoint | takes the ingest cell",
        "us-east-1 | https://ingest-cell1.timestream.us-east-1.amazonaws.com"
            + " | https://ingest-cell1.timestream.us-east-1.amazonaws.com"
            + " | --query-base-endpoint | takes the ingest cell",
        "us-east-1 | http://ingest-cell1.timestream.us-east-1.amazonaws.com"
            + " | https://query-cell1.timestream.us-east-1.amazonaws.com"
            + " | without TLS | https://",
        "us-esat-1 | - | - | no region \"us-esat-1\" | check --region"
      })
  void refusesWhatCannotWork(
      String region,
      @Nullable String write,
      @Nullable String query,
      String message,
      String remedy) {
    Finding finding = settings(region, write, query);
    assertThat(finding.state()).isEqualTo(State.FAIL);
    assertThat(finding.message()).contains(message);
    assertThat(finding.remedy()).contains(remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "us-east-1 | https://ingest.timestream.us-east-1.amazonaws.com"
            + " | https://query.timestream.us-east-1.amazonaws.com | only tells cells",
        "us-east-1 | https://ingest-cell1.timestream.us-east-1.amazonaws.com | - | only one of",
        "sa-east-1 | - | - | not known to be in sa-east-1",
        "mars-north-1 | http://127.0.0.1:9201 | http://127.0.0.1:9201 | mars-north-1"
      })
  void warnsOfWhatIsOdd(
      String region, @Nullable String write, @Nullable String query, String message) {
    Finding finding = settings(region, write, query);
    assertThat(finding.state()).as("%s", finding).isEqualTo(State.WARN);
    assertThat(finding.message()).contains(message);
  }

  private static Finding settings(String region, @Nullable String write, @Nullable String query) {
    return Diagnosis.settings(
        new Subject(
            region,
            Optional.ofNullable(write).map(URI::create),
            Optional.ofNullable(query).map(URI::create),
            new TableName("metrics-db", "metrics")));
  }
}
