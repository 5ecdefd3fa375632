// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import dev.weir.e2e.sdk.SdkAccount;
import dev.weir.e2e.sdk.SdkStore;
import dev.weir.server.Door;
import dev.weir.server.Route;
import dev.weir.server.ServerOptions;
import dev.weir.server.WeirServer;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.server.timestream.TimestreamDoor;
import dev.weir.server.timestream.TimestreamOptions;
import dev.weir.server.timestream.signing.Callers;
import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryRunner;
import dev.weir.store.TableCreator;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.CatalogWriter;
import dev.weir.store.administration.ResourceTags;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import dev.weir.store.kit.Capability;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.StoreUnderTest;
import dev.weir.store.timestream.Credentials;
import dev.weir.store.timestream.TimestreamStore;
import dev.weir.store.timestream.TimestreamStores;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;

/**
 * An embedded store behind its own wire API on loopback, seen through one of two clients. The
 * owner's roles are {@link SdkAccount}'s, by the clients of the real SDK. Only the tables that Weir
 * makes for itself are made from inside, since the wire has no word for them.
 */
final class WireUnderTest implements StoreUnderTest {

  /** Who writes, queries and reads the catalog. */
  enum Client {
    /** {@link TimestreamStore}, which writes and reads JSON of its own. */
    WEIR,
    /** {@link SdkStore}: the typed clients that users come with. */
    SDK
  }

  private final ManualClock clock;
  private final EmbeddedStore engine;
  private final WeirServer server;
  private final TimestreamWriteClient write;
  private final TimestreamQueryClient query;
  private final TimestreamStores stores;
  private final Client client;
  private final TimestreamStore store;
  private final SdkStore sdk;
  private final SdkAccount account;
  private final boolean sealing;

  /**
   * Opens an empty one.
   *
   * @param sealing whether the engine moves its rows to disk between steps
   */
  WireUnderTest(Client client, Path folder, Instant now, boolean sealing) {
    this.client = client;
    this.clock = new ManualClock(now);
    this.sealing = sealing;
    this.engine = EmbeddedStore.open(EmbeddedStoreOptions.of(folder).withClock(clock));
    WeirMetrics metrics = new WeirMetrics("test");
    TimestreamDoor door =
        new TimestreamDoor(
            dev.weir.server.timestream.TimestreamStore.of(engine),
            Callers.anyone(),
            TimestreamOptions.of(false),
            clock,
            new Random(20_261_122),
            metrics);
    this.server =
        WeirServer.start(
            ServerOptions.on("127.0.0.1:0").withDoors(Set.of(Door.TIMESTREAM)),
            List.of(Route.post(Door.TIMESTREAM, "/", door)),
            engine,
            metrics,
            clock);
    URI endpoint = URI.create(server.url());
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("weir", "weir"));
    this.write =
        TimestreamWriteClient.builder()
            .endpointOverride(endpoint)
            .endpointDiscoveryEnabled(false)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .build();
    this.query =
        TimestreamQueryClient.builder()
            .endpointOverride(endpoint)
            .endpointDiscoveryEnabled(false)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .build();
    this.stores =
        TimestreamStores.open(
            dev.weir.store.timestream.TimestreamOptions.defaults(clock)
                .inRegion("us-east-1")
                .at(Optional.of(endpoint), Optional.of(endpoint)));
    this.store = stores.of(new Credentials("weir", "weir", null));
    this.sdk = new SdkStore(write, query);
    this.account = new SdkAccount(write, query);
  }

  @Override
  public PointWriter writer() {
    return client == Client.SDK ? sdk : store;
  }

  @Override
  public QueryRunner queries() {
    return client == Client.SDK ? sdk : store;
  }

  @Override
  public CatalogReader catalog() {
    return client == Client.SDK ? sdk : store;
  }

  @Override
  public TableCreator tables() {
    return engine;
  }

  @Override
  public CatalogWriter administration() {
    return account;
  }

  @Override
  public ResourceTags tags() {
    return account;
  }

  @Override
  public AccountSettings.Keeper settings() {
    return account;
  }

  @Override
  public Set<Capability> lacks() {
    return Set.of(
        Capability.TELLS_REPEATS,
        Capability.LIMITS_BY_SCOPE,
        Capability.COUNTS_BESIDE_REJECTIONS,
        Capability.TAKES_LARGE_RECORDS,
        Capability.MARKS_OWN_TABLES);
  }

  @Override
  public ManualClock clock() {
    return clock;
  }

  @Override
  public void betweenSteps() {
    if (sealing && !engine.seal()) {
      throw new IllegalStateException("the store could not seal");
    }
  }

  @Override
  public void close() {
    stores.close();
    write.close();
    query.close();
    server.close();
    engine.close();
  }
}
