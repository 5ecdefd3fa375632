// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Timestream door of a real process, with the real engine behind it. */
class TimestreamProcessTest {

  private static final String READ_ALL =
      "'QueryString':'SELECT host, measure_value::double FROM"
          + " metrics.cpu ORDER BY measure_value::double'";
  private static final String FOREVER =
      "'QueryString':'SELECT count(*) FROM UNNEST(sequence(1,"
          + " 10000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y) CROSS JOIN"
          + " UNNEST(sequence(1, 10000)) AS c(z) WHERE (x + y + z) % 7 = 3'";

  private final long now = System.currentTimeMillis();

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadPageByPageAndAfterAKill() throws Exception {
    Path dataDir = folder.resolve("data");
    try (WeirProcess weir = WeirProcess.serve(folder, dataDir);
        Client client = new Client(weir.awaitReady())) {
      client.call("CreateDatabase", "'DatabaseName':'metrics'");
      client.call("CreateTable", "'DatabaseName':'metrics','TableName':'cpu'");
      assertThat(client.call("WriteRecords", records(1)))
          .contains("'RecordsIngested':{'Total':3,'MemoryStore':3,'MagneticStore':0}");
      assertThat(client.call("WriteRecords", records(1))).contains("'Total':3");
      assertThat(client.call("WriteRecords", records(2)))
          .contains("RejectedRecordsException", "'RecordIndex':0", "'RecordIndex':2")
          .contains("'ExistingVersion':1");
      weir.kill();
      weir.awaitExit();
    }
    try (WeirProcess weir = WeirProcess.serve(folder, dataDir);
        Client client = new Client(weir.awaitReady())) {
      String first = client.call("Query", READ_ALL + ",'MaxRows':2");
      assertThat(first)
          .contains(
              "'Rows':[{'Data':[{'ScalarValue':'h0'},{'ScalarValue':'1.0'}]},"
                  + "{'Data':[{'ScalarValue':'h1'},{'ScalarValue':'2.0'}]}]");
      assertThat(
              client.call("Query", READ_ALL + ",'NextToken':'" + member(first, "NextToken") + "'"))
          .contains("'Rows':[{'Data':[{'ScalarValue':'h2'},{'ScalarValue':'3.0'}]}]")
          .doesNotContain("NextToken");
      assertThat(client.call("PrepareQuery", READ_ALL + ",'ValidateOnly':true"))
          .contains("'Name':'host','Type':{'ScalarType':'VARCHAR'},'DatabaseName':'metrics'");
      assertThat(client.call("Query", "'QueryString':'SELECT nope FROM metrics.cpu'"))
          .contains("ValidationException", "line 1:8: Column 'nope' does not exist");
    }
  }

  @Test
  void aQueryThatRunsForLongIsCancelledByItsId() throws Exception {
    try (WeirProcess weir = WeirProcess.serve(folder, folder.resolve("data"));
        Client client = new Client(weir.awaitReady())) {
      String held = client.call("Query", FOREVER);
      assertThat(held).contains("'Rows':[]", "'ProgressPercentage':0.0");
      String id = member(held, "QueryId");
      assertThat(client.call("CancelQuery", "'QueryId':'" + id + "'"))
          .contains("CancellationMessage");
      assertThat(client.call("Query", FOREVER + ",'NextToken':'" + member(held, "NextToken") + "'"))
          .contains("ConflictException");
      assertThat(client.call("Query", "'QueryString':'SELECT 1'")).contains("'ScalarValue':'1'");
    }
  }

  @Test
  void aCredentialsFileLetsNobodyElseIn() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("callers.ini"),
            "[one]\naws_access_key_id = ONE\naws_secret_access_key = hidden\n");
    try (WeirProcess weir =
            WeirProcess.serve(
                folder, folder.resolve("data"), "--timestream.credentials-file=" + file);
        Client client = new Client(weir.awaitReady())) {
      assertThat(client.call("ListDatabases", "")).contains("MissingAuthenticationTokenException");
    }
  }

  private String records(int from) {
    StringBuilder records = new StringBuilder("'DatabaseName':'metrics','TableName':'cpu',");
    records.append("'CommonAttributes':{'MeasureName':'usage','Time':'").append(now);
    records.append("'},'Records':[");
    for (int i = 0; i < 3; i++) {
      records.append(i == 0 ? "" : ",").append("{'Dimensions':[{'Name':'host','Value':'h");
      records.append(i).append("'}],'MeasureValue':'").append(from + i).append("'}");
    }
    return records.append("]").toString();
  }

  private static String member(String body, String name) {
    Matcher found = Pattern.compile("'" + name + "':'([^']*)'").matcher(body);
    assertThat(found.find()).as(body).isTrue();
    return found.group(1);
  }

  /** Speaks with single quotes, so that a test can be read. */
  private record Client(HttpClient http, String address) implements AutoCloseable {

    Client(String address) {
      this(HttpClient.newHttpClient(), address);
    }

    String call(String operation, String members) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + address + "/"))
              .header("X-Amz-Target", "Timestream_20181101." + operation)
              .POST(HttpRequest.BodyPublishers.ofString(("{" + members + "}").replace('\'', '"')))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body().replace('"', '\'');
    }

    @Override
    public void close() {
      http.close();
    }
  }
}
