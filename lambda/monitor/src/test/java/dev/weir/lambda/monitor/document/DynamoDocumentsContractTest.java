// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import dev.weir.document.Documents;
import dev.weir.store.kit.DocumentsContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

/** The table of texts; that of sites takes sites alone, and has tests of its own. */
class DynamoDocumentsContractTest extends DocumentsContract {

  @AutoClose private static TestTables tables;

  @BeforeAll
  static void start() throws Exception {
    tables = TestTables.start();
  }

  @Override
  protected String collection() {
    return "site-states";
  }

  @Override
  protected Documents open() throws Exception {
    return tables.make().kept();
  }

  @Override
  protected void close(Documents documents) {}
}
