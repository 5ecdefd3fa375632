// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the connector begins and ends, as the AWS connector does (its main.go). */
@Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectorProcessTest {

  @TempDir Path folder;

  @Test
  void saysWhatTheAwsConnectorSaysWhenItIsReady() throws Exception {
    try (WeirProcess connector = start("--log.format=json")) {
      connector.awaitLine(".*now ready to begin serving ingestion and query requests.*");
      connector.terminate();
      assertThat(connector.awaitExit()).isZero();
      assertThat(connector.errorLines())
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .contains("\"message\":\"timestream-prometheus-connector\",\"version\":"),
              line ->
                  assertThat(line)
                      .contains(
                          "Timestream connection is initialized (Database: metrics, Table: samples,"
                              + " Region: us-east-1)"),
              line ->
                  assertThat(line)
                      .contains(
                          "\"message\":\"The Prometheus Connector is now ready to begin serving"
                              + " ingestion and query requests.\",\"address\":\"http://"),
              line -> assertThat(line).contains("Weir stops"),
              line -> assertThat(line).contains("Weir has stopped"));
    }
  }

  /** "TLS load failure: logs and exit 1". */
  @Test
  void endsWith1WhereCertificateOrKeyCannotBeLoaded() throws Exception {
    Path garbage = Files.writeString(folder.resolve("garbage.pem"), "no key");
    try (WeirProcess connector =
        start("--tls-certificate=" + garbage, "--tls-key=" + folder.resolve("gone.pem"))) {
      assertThat(connector.awaitExit()).isEqualTo(1);
      assertThat(connector.errorLines()).singleElement().asString().startsWith("weir: ");
    }
  }

  /** The port is worth as much as the credentials behind it. */
  @Test
  void endsWith1WhereOthersCouldUseItsOwnCredentials() throws Exception {
    try (WeirProcess connector =
        start("--credentials=environment", "--web.listen-address=0.0.0.0:0")) {
      assertThat(connector.awaitExit()).isEqualTo(1);
      assertThat(connector.errorLines())
          .singleElement()
          .asString()
          .startsWith("weir: door prometheus on 0.0.0.0:0")
          .contains("--web.config.file");
    }
  }

  @Test
  void endsWith1AndOneLineWithoutATable() throws Exception {
    try (WeirProcess connector =
        WeirProcess.run(folder, "connector", "--default-database=metrics")) {
      assertThat(connector.awaitExit()).isEqualTo(1);
      assertThat(connector.errorLines()).containsExactly("weir: --default-table is needed");
    }
  }

  private WeirProcess start(String... flags) throws Exception {
    String[] words = new String[flags.length + 4];
    words[0] = "connector";
    words[1] = "--default-database=metrics";
    words[2] = "--default-table=samples";
    System.arraycopy(flags, 0, words, 3, flags.length);
    boolean listens = String.join(" ", flags).contains("--web.listen-address");
    words[words.length - 1] =
        listens ? "--enable-sigv4-auth=true" : "--web.listen-address=127.0.0.1:0";
    return WeirProcess.run(folder, words);
  }
}
