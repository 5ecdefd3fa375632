// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.embedded.EmbeddedUnderTest.Between;
import dev.weir.store.kit.QueryScriptContract;
import dev.weir.store.kit.StoreUnderTest;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the kit: with rows in memory, and sealed and restarted. */
class EmbeddedScriptTest {

  private static final Instant SCRIPT_NOW = Instant.parse("2026-03-10T12:00:00Z");

  @TempDir Path folder;

  private int stores;

  private StoreUnderTest another(Between between) {
    return new EmbeddedUnderTest(folder.resolve("store-" + ++stores), SCRIPT_NOW, between);
  }

  @Nested
  class InMemory extends QueryScriptContract {
    @Override
    protected StoreUnderTest open() {
      return another(Between.NOTHING);
    }
  }

  @Nested
  class SealedAndRestarted extends QueryScriptContract {
    @Override
    protected StoreUnderTest open() {
      return another(Between.SEAL_AND_RESTART);
    }
  }
}
