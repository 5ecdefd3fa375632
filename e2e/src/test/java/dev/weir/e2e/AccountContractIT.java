// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.weir.store.kit.PointWriterContract;
import dev.weir.store.kit.QueryContract;
import dev.weir.store.kit.StoreUnderTest;
import dev.weir.store.timestream.Credentials;
import dev.weir.store.timestream.TimestreamOptions;
import dev.weir.store.timestream.TimestreamStores;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;

/**
 * The contracts of writing and of querying by an account's own clock: always against a Weir that
 * stands for Amazon, and against Amazon itself where {@code -Dweir.amazon.database} names a
 * database and the SDK finds credentials that may make, delete, write and query tables in it.
 * {@code -Dweir.amazon.region} is us-east-1 where nothing is said.
 */
class AccountContractIT {

  private static final Instant CONTRACT_NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final Optional<String> AMAZON =
      Optional.ofNullable(System.getProperty("weir.amazon.database"));
  private static final String REGION = System.getProperty("weir.amazon.region", "us-east-1");
  private static final String LOCAL_DATABASE = "account";

  /** Where the contracts are run: stores and an owner, made once and closed at the end. */
  private record Account(TimestreamStores stores, TimestreamWriteClient owner, String database)
      implements AutoCloseable {

    static Account local(LocalTimestream timestream) {
      URI endpoint = URI.create(timestream.endpoint());
      return new Account(
          TimestreamStores.open(options().at(Optional.of(endpoint), Optional.of(endpoint))),
          TimestreamWriteClient.builder()
              .endpointOverride(endpoint)
              .endpointDiscoveryEnabled(false)
              .region(Region.of(REGION))
              .credentialsProvider(
                  StaticCredentialsProvider.create(
                      AwsBasicCredentials.create(
                          LocalTimestream.OWNER.key(), LocalTimestream.OWNER.secret())))
              .build(),
          LOCAL_DATABASE);
    }

    static Account amazon(String database) {
      return new Account(
          TimestreamStores.open(options()),
          TimestreamWriteClient.builder().region(Region.of(REGION)).build(),
          database);
    }

    private static TimestreamOptions options() {
      return TimestreamOptions.defaults(InstantSource.system()).inRegion(REGION);
    }

    StoreUnderTest open(boolean found) {
      return new AccountUnderTest(
          found
              ? stores.ofEnvironment()
              : stores.of(
                  new Credentials(
                      LocalTimestream.OWNER.key(), LocalTimestream.OWNER.secret(), null)),
          owner,
          database,
          CONTRACT_NOW);
    }

    @Override
    public void close() {
      stores.close();
      owner.close();
    }
  }

  @TempDir static Path folder;
  private static LocalTimestream timestream;
  private static Account local;
  private static Account amazon;

  @BeforeAll
  static void start() {
    timestream = LocalTimestream.start(folder);
    timestream.createTable(LOCAL_DATABASE, "unused");
    local = Account.local(timestream);
    AMAZON.ifPresent(database -> amazon = Account.amazon(database));
  }

  @AfterAll
  static void stop() {
    AMAZON.ifPresent(database -> amazon.close());
    local.close();
    timestream.close();
  }

  @Nested
  class LocalWrites extends PointWriterContract {
    @Override
    protected StoreUnderTest open() {
      return local.open(false);
    }
  }

  @Nested
  class LocalQueries extends QueryContract {
    @Override
    protected StoreUnderTest open() {
      return local.open(false);
    }
  }

  @Nested
  class AmazonWrites extends PointWriterContract {
    @Override
    protected StoreUnderTest open() {
      return ofAmazon();
    }
  }

  @Nested
  class AmazonQueries extends QueryContract {
    @Override
    protected StoreUnderTest open() {
      return ofAmazon();
    }
  }

  private static StoreUnderTest ofAmazon() {
    if (AMAZON.isEmpty()) {
      return abort("SKIPPED: weir.amazon.database is not set, so nothing was asked of Amazon");
    }
    return amazon.open(true);
  }
}
