// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.embedded.EmbeddedUnderTest.Between;
import dev.weir.store.kit.AccountTableContract;
import dev.weir.store.kit.AccountTableLimitsContract;
import dev.weir.store.kit.CatalogWriterContract;
import dev.weir.store.kit.PointWriterContract;
import dev.weir.store.kit.QueryContract;
import dev.weir.store.kit.StoreUnderTest;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The store's contracts: with rows in memory, sealed after each step, and after restarts. */
class EmbeddedContractTest {

  private static final Instant CONTRACT_NOW = Instant.parse("2026-03-10T12:00:00Z");

  @TempDir Path folder;

  private StoreUnderTest open(Between between) {
    return new EmbeddedUnderTest(folder, CONTRACT_NOW, between);
  }

  @Nested
  class WritesInMemory extends PointWriterContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.NOTHING);
    }
  }

  @Nested
  class WritesSealed extends PointWriterContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.SEAL);
    }
  }

  @Nested
  class WritesRestarted extends PointWriterContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.RESTART);
    }
  }

  @Nested
  class WritesSealedAndRestarted extends PointWriterContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.SEAL_AND_RESTART);
    }
  }

  @Nested
  class QueriesInMemory extends QueryContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.NOTHING);
    }
  }

  @Nested
  class QueriesSealed extends QueryContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.SEAL);
    }
  }

  @Nested
  class QueriesRestarted extends QueryContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.SEAL_AND_RESTART);
    }
  }

  @Nested
  class CatalogInMemory extends CatalogWriterContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.NOTHING);
    }
  }

  @Nested
  class CatalogSealed extends CatalogWriterContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.SEAL);
    }
  }

  @Nested
  class CatalogRestarted extends CatalogWriterContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.RESTART);
    }
  }

  @Nested
  class CatalogSealedAndRestarted extends CatalogWriterContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.SEAL_AND_RESTART);
    }
  }

  @Nested
  class AccountTablesInMemory extends AccountTableContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.NOTHING);
    }
  }

  @Nested
  class AccountTablesSealed extends AccountTableContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.SEAL);
    }
  }

  @Nested
  class AccountTablesRestarted extends AccountTableContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.RESTART);
    }
  }

  @Nested
  class AccountTablesSealedAndRestarted extends AccountTableContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.SEAL_AND_RESTART);
    }
  }

  @Nested
  class LimitsInMemory extends AccountTableLimitsContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.NOTHING);
    }
  }

  @Nested
  class LimitsSealed extends AccountTableLimitsContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.SEAL);
    }
  }

  @Nested
  class LimitsRestarted extends AccountTableLimitsContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.RESTART);
    }
  }

  @Nested
  class LimitsSealedAndRestarted extends AccountTableLimitsContract {
    @Override
    protected StoreUnderTest open() {
      return EmbeddedContractTest.this.open(Between.SEAL_AND_RESTART);
    }
  }
}
