// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import dev.weir.store.kit.AccountTableContract;
import dev.weir.store.kit.AccountTableLimitsContract;
import dev.weir.store.kit.CatalogWriterContract;
import dev.weir.store.kit.PointWriterContract;
import dev.weir.store.kit.QueryContract;
import dev.weir.store.kit.QueryScriptContract;
import dev.weir.store.kit.StoreUnderTest;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract kit over Weir's wire API, by one of its clients. */
abstract class WireContracts {

  private static final Instant CONTRACT_NOW = Instant.parse("2026-03-10T12:00:00Z");

  @TempDir Path folder;

  private final WireUnderTest.Client client;
  private int stores;

  WireContracts(WireUnderTest.Client client) {
    this.client = client;
  }

  private StoreUnderTest another(boolean sealing) {
    return new WireUnderTest(client, folder.resolve("store-" + ++stores), CONTRACT_NOW, sealing);
  }

  @Nested
  class Writes extends PointWriterContract {
    @Override
    protected StoreUnderTest open() {
      return another(false);
    }
  }

  @Nested
  class Queries extends QueryContract {
    @Override
    protected StoreUnderTest open() {
      return another(true);
    }
  }

  @Nested
  class Catalog extends CatalogWriterContract {
    @Override
    protected StoreUnderTest open() {
      return another(false);
    }
  }

  @Nested
  class AccountTable extends AccountTableContract {
    @Override
    protected StoreUnderTest open() {
      return another(false);
    }
  }

  @Nested
  class AccountTableLimits extends AccountTableLimitsContract {
    @Override
    protected StoreUnderTest open() {
      return another(false);
    }
  }

  @Nested
  class Scripts extends QueryScriptContract {
    @Override
    protected StoreUnderTest open() {
      return another(true);
    }
  }
}
