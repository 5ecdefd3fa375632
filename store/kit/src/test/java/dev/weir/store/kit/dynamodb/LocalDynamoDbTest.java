// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class LocalDynamoDbTest {

  @Test
  void keepsItemsAndStreamsThemUntilItIsClosed() throws Exception {
    LocalDynamoDb local = LocalDynamoDb.start();
    try (local) {
      local.makeSitesTable("sites");
      local.makeDocumentsTable("documents");
      local.call(
          "BatchWriteItem",
          """
          {"RequestItems":{"sites":[{"PutRequest":{"Item":{"SiteId":{"S":"shop"}}}}]}}\
          """);

      assertThat(local.call("ListTables", "{}"))
          .isEqualTo("{\"TableNames\":[\"documents\",\"sites\"]}");
      assertThat(local.call("Scan", "{\"TableName\":\"sites\"}")).contains("\"shop\"");
      assertThat(local.call("ListStreams", "{}")).contains("\"TableName\":\"sites\"");
      assertThatThrownBy(() -> local.call("Scan", "{\"TableName\":\"none\"}"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Scan: 400 ")
          .hasMessageContaining("ResourceNotFoundException");
    }
    assertThatThrownBy(() -> new Socket(local.url().getHost(), local.url().getPort()).close())
        .isInstanceOf(ConnectException.class);
  }
}
