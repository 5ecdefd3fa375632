// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;
import software.amazon.awssdk.services.timestreamwrite.model.Dimension;
import software.amazon.awssdk.services.timestreamwrite.model.MeasureValueType;
import software.amazon.awssdk.services.timestreamwrite.model.Record;

/**
 * The SDK as it is set up for Amazon: no endpoint of one's own, the regional host names, TLS, and
 * endpoint discovery. A proxy leads those names to a Weir on loopback.
 */
class RegionalHostsIT {

  private static final String INGEST = "ingest.timestream.us-east-1.amazonaws.com";
  private static final String QUERY = "query.timestream.us-east-1.amazonaws.com";

  @TempDir private Path folder;
  private WeirProcess weir;
  private ConnectProxy proxy;
  private SdkHttpClient http;

  @BeforeEach
  void startWeirBehindAProxy() {
    TestAuthority authority = new TestAuthority(folder);
    authority.issue("amazon", List.of("*.timestream.us-east-1.amazonaws.com", "localhost"));
    weir =
        WeirProcess.start(
            folder,
            "--doors=timestream",
            "--tls-certificate=" + authority.chainFile("amazon"),
            "--tls-key=" + authority.keyFile("amazon"),
            "--web.allowed-hosts=" + INGEST + "," + QUERY);
    proxy = ConnectProxy.to(weir.web().port());
    http =
        Apache5HttpClient.builder()
            .proxyConfiguration(
                ProxyConfiguration.builder()
                    .endpoint(URI.create("http://127.0.0.1:" + proxy.port()))
                    .build())
            .tlsTrustManagersProvider(authority::trust)
            .build();
  }

  @AfterEach
  void stopAll() {
    http.close();
    proxy.close();
    weir.close();
  }

  @Test
  void discoversItsEndpointsByAmazonsNamesAndWorks() {
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "secret"));
    try (TimestreamWriteClient write =
            TimestreamWriteClient.builder()
                .httpClient(http)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build();
        TimestreamQueryClient query =
            TimestreamQueryClient.builder()
                .httpClient(http)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build()) {
      assertThat(write.describeEndpoints(d -> {}).endpoints())
          .singleElement()
          .satisfies(endpoint -> {
            assertThat(endpoint.address()).isEqualTo(INGEST);
            assertThat(endpoint.cachePeriodInMinutes()).isEqualTo(1_440);
          });
      write.createDatabase(d -> d.databaseName("plant"));
      write.createTable(t -> t.databaseName("plant").tableName("sensors"));
      Record record =
          Record.builder()
              .dimensions(Dimension.builder().name("site").value("a").build())
              .measureName("heat")
              .measureValueType(MeasureValueType.DOUBLE)
              .measureValue("21.5")
              .time(Long.toString(System.currentTimeMillis()))
              .build();
      write.writeRecords(w -> w.databaseName("plant").tableName("sensors").records(record));

      var answer =
          query.query(
              q -> q.queryString("SELECT site, measure_value::double AS heat FROM plant.sensors"));

      assertThat(answer.rows()).hasSize(1);
      assertThat(answer.rows().getFirst().data())
          .extracting(datum -> datum.scalarValue())
          .containsExactly("a", "21.5");
      assertThat(proxy.asked()).containsOnly(INGEST + ":443", QUERY + ":443");
    }
  }
}
