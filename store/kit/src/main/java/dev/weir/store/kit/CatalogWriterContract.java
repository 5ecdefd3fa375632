// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.AccountSettings.PricingModel;
import dev.weir.store.administration.DatabaseDetails;
import dev.weir.store.administration.ResourceTags;
import dev.weir.store.administration.ResourceTags.Resource;
import dev.weir.store.administration.TableDetails;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.administration.TableProperties.MagneticWrites;
import dev.weir.store.administration.TableProperties.PartitionKey;
import dev.weir.store.administration.TableProperties.RejectedDataLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a store promises about databases, tables, tags and settings. */
public abstract class CatalogWriterContract extends StoreContract {

  private static final String DATABASE = "plant";
  private static final TableName SENSORS = new TableName(DATABASE, "sensors");
  private static final TableProperties DEFAULT = TableProperties.DEFAULT;

  private static final TableProperties UNUSUAL =
      new TableProperties(
          Duration.ofHours(24),
          Duration.ofDays(30),
          new MagneticWrites(
              true, new RejectedDataLocation("bucket", "prefix/", "SSE_KMS", "alias/reports")),
          new PartitionKey.OfDimension("site", true));

  private void createDatabase() {
    store().administration().createDatabase(DATABASE, null, Map.of());
    store().betweenSteps();
  }

  private void createSensors() {
    createDatabase();
    store().administration().createTable(SENSORS, DEFAULT, Map.of());
    store().betweenSteps();
  }

  private static void refuses(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void makesAnEmptyDatabase() {
    DatabaseDetails made =
        store().administration().createDatabase(DATABASE, "alias/key", Map.of("team", "x"));
    store().betweenSteps();

    assertThat(made).isEqualTo(new DatabaseDetails(DATABASE, 0, "alias/key", NOW, NOW));
    assertThat(store().administration().database(DATABASE)).contains(made);
    assertThat(store().catalog().databases()).containsExactly(DATABASE, "weir");
    assertThat(store().catalog().tables(DATABASE)).isEmpty();
    assertThat(rows("SHOW DATABASES")).containsExactly(List.of(DATABASE), List.of("weir"));
    assertThat(rows("SHOW TABLES FROM " + DATABASE)).isEmpty();
  }

  @Test
  void tellsDatabasesApartByCase() {
    createDatabase();
    store().administration().createDatabase("Plant", null, Map.of());
    store().betweenSteps();

    assertThat(store().catalog().databases()).containsExactly("Plant", DATABASE, "weir");
  }

  @Test
  void refusesADatabaseThatIsThereOrHasABadName() {
    createDatabase();

    refuses(Kind.CONFLICT, () -> store().administration().createDatabase(DATABASE, null, Map.of()));
    for (String name : List.of("", "ab", "a b c", "plänt", "x".repeat(257))) {
      refuses(
          Kind.BAD_REQUEST, () -> store().administration().createDatabase(name, null, Map.of()));
    }
    assertThat(store().catalog().databases()).containsExactly(DATABASE, "weir");
  }

  @Test
  void changesTheKeyOfADatabase() {
    createDatabase();
    store().clock().advance(Duration.ofMinutes(5));
    Instant later = NOW.plus(Duration.ofMinutes(5));

    DatabaseDetails changed = store().administration().updateDatabase(DATABASE, "other");
    store().betweenSteps();

    assertThat(changed).isEqualTo(new DatabaseDetails(DATABASE, 0, "other", NOW, later));
    assertThat(store().administration().database(DATABASE)).contains(changed);
    refuses(Kind.NOT_FOUND, () -> store().administration().updateDatabase("nowhere", "other"));
  }

  @Test
  void deletesADatabaseOnlyWhenItIsEmpty() {
    createSensors();
    refuses(Kind.BAD_REQUEST, () -> store().administration().deleteDatabase(DATABASE));
    refuses(Kind.BAD_REQUEST, () -> store().administration().deleteDatabase("weir"));

    store().administration().deleteTable(SENSORS);
    store().administration().deleteDatabase(DATABASE);
    store().betweenSteps();

    assertThat(store().catalog().databases()).containsExactly("weir");
    assertThat(store().administration().database(DATABASE)).isEmpty();
    refuses(Kind.NOT_FOUND, () -> store().administration().deleteDatabase(DATABASE));
  }

  @Test
  void makesATableWithDefaultsAndCountsIt() {
    createDatabase();
    store().clock().advance(Duration.ofSeconds(1));

    TableDetails made = store().administration().createTable(SENSORS, DEFAULT, Map.of());
    store().betweenSteps();

    Instant then = NOW.plusSeconds(1);
    assertThat(made).isEqualTo(new TableDetails(SENSORS, DEFAULT, false, then, then));
    assertThat(store().administration().table(SENSORS)).contains(made);
    assertThat(store().catalog().tables(DATABASE)).containsExactly("sensors");
    assertThat(store().administration().database(DATABASE))
        .contains(new DatabaseDetails(DATABASE, 1, null, NOW, NOW));
  }

  @Test
  void keepsWhateverPropertiesWereGiven() {
    createDatabase();

    store().administration().createTable(SENSORS, UNUSUAL, Map.of());
    store().betweenSteps();

    assertThat(store().administration().table(SENSORS))
        .contains(new TableDetails(SENSORS, UNUSUAL, false, NOW, NOW));
  }

  @Test
  void refusesATableThatIsThereOrHasNoDatabase() {
    createSensors();

    refuses(Kind.CONFLICT, () -> store().administration().createTable(SENSORS, DEFAULT, Map.of()));
    refuses(
        Kind.NOT_FOUND,
        () ->
            store()
                .administration()
                .createTable(new TableName("nowhere", "sensors"), DEFAULT, Map.of()));
  }

  @Test
  void changesATable() {
    createSensors();
    store().clock().advance(Duration.ofMinutes(1));
    TableProperties properties =
        new TableProperties(
            Duration.ofHours(1),
            Duration.ofDays(7),
            UNUSUAL.magneticWrites(),
            DEFAULT.partitionKey());

    TableDetails changed = store().administration().updateTable(SENSORS, properties);
    store().betweenSteps();

    assertThat(changed)
        .isEqualTo(
            new TableDetails(SENSORS, properties, false, NOW, NOW.plus(Duration.ofMinutes(1))));
    assertThat(store().administration().table(SENSORS)).contains(changed);
    refuses(
        Kind.NOT_FOUND,
        () -> store().administration().updateTable(new TableName(DATABASE, "nowhere"), properties));
  }

  @Test
  void changesOnlyTheEnforcementOfAPartitionKey() {
    createDatabase();
    store().administration().createTable(SENSORS, UNUSUAL, Map.of());
    store().betweenSteps();

    TableProperties optional = withKey(new PartitionKey.OfDimension("site", false));
    assertThat(store().administration().updateTable(SENSORS, optional).properties())
        .isEqualTo(optional);
    for (PartitionKey other :
        List.of(new PartitionKey.OfDimension("Site", true), new PartitionKey.OfMeasureName())) {
      refuses(
          Kind.BAD_REQUEST, () -> store().administration().updateTable(SENSORS, withKey(other)));
    }
    store().betweenSteps();
    assertThat(store().administration().table(SENSORS).orElseThrow().properties())
        .isEqualTo(optional);
  }

  private static TableProperties withKey(PartitionKey key) {
    return new TableProperties(
        UNUSUAL.memoryRetention(), UNUSUAL.magneticRetention(), UNUSUAL.magneticWrites(), key);
  }

  @Test
  void showsOwnTablesAndRefusesToChangeOrDeleteThem() {
    TableName old = new TableName("weir", "decades");
    store().tables().createIfMissing(old, TableRules.own(Duration.ofDays(3_650)));
    store().betweenSteps();

    assertThat(store().administration().table(TABLE))
        .contains(
            new TableDetails(
                TABLE,
                new TableProperties(
                    Duration.ofDays(30),
                    Duration.ofDays(30),
                    MagneticWrites.DISABLED,
                    DEFAULT.partitionKey()),
                !store().lacks().contains(Capability.MARKS_OWN_TABLES),
                NOW,
                NOW));
    TableProperties shown = store().administration().table(old).orElseThrow().properties();
    assertThat(shown.memoryRetention()).isEqualTo(Duration.ofHours(8_766));
    assertThat(shown.magneticRetention()).isEqualTo(Duration.ofDays(3_650));
    assertThat(shown.magneticWrites().enabled()).isTrue();
    refuses(Kind.BAD_REQUEST, () -> store().administration().updateTable(TABLE, DEFAULT));
    refuses(Kind.BAD_REQUEST, () -> store().administration().deleteTable(TABLE));
    assertThatThrownBy(() -> store().administration().deleteTable(TABLE))
        .hasMessageContaining("table weir.contract can't be deleted: Weir keeps it for itself");
  }

  @Test
  void deletesATableWithItsPointsAndBeginsEmptyUnderTheSameName() {
    createSensors();
    writeTo(SENSORS, point(series("heat", "site", "a"), at(-60), 1));
    store().betweenSteps();

    store().administration().deleteTable(SENSORS);
    store().betweenSteps();
    assertThat(store().administration().table(SENSORS)).isEmpty();
    assertThat(store().catalog().tables(DATABASE)).isEmpty();
    assertThat(store().catalog().describe(SENSORS)).isEmpty();
    refuses(Kind.NOT_FOUND, () -> store().administration().deleteTable(SENSORS));
    refuses(Kind.NOT_FOUND, () -> writeTo(SENSORS, point(series("heat", "site", "a"), at(-60), 1)));

    store().administration().createTable(SENSORS, DEFAULT, Map.of());
    store().betweenSteps();
    assertThat(store().tags().tags(new Resource.OfTable(SENSORS))).isEmpty();
    assertThat(store().catalog().describe(SENSORS).orElseThrow().dimensionNames()).isEmpty();
    assertThat(rows("SELECT count(*) FROM plant.sensors")).containsExactly(List.of("0"));

    // Another type, another value at the same time: nothing of the first table is in the way.
    assertThat(writeTo(SENSORS, point(series("heat", "room", "b"), at(-60), 2)).accepted())
        .isEqualTo(1);
    store().betweenSteps();
    assertThat(rows("SELECT room, measure_value::double FROM plant.sensors"))
        .containsExactly(List.of("b", "2.0"));
  }

  @Test
  void deletesRightAfterAWriteAndMakesAnewInOneGo() {
    createSensors();
    for (int round = 0; round < 5; round++) {
      assertThat(
              writeTo(SENSORS, point(series("heat", "n", "" + round), at(-60), round)).accepted())
          .isEqualTo(1);
      store().administration().deleteTable(SENSORS);
      store().administration().createTable(SENSORS, DEFAULT, Map.of());
    }
    writeTo(SENSORS, point(series("heat", "n", "last"), at(-60), 9));
    store().betweenSteps();

    assertThat(rows("SELECT n, measure_value::double FROM plant.sensors"))
        .containsExactly(List.of("last", "9.0"));
  }

  @Test
  void keepsTagsOfDatabasesAndTables() {
    store().administration().createDatabase(DATABASE, null, Map.of("team", "x", "empty", ""));
    store().administration().createTable(SENSORS, DEFAULT, Map.of("a\t", "ü"));
    store().betweenSteps();
    Resource database = new Resource.OfDatabase(DATABASE);
    Resource table = new Resource.OfTable(SENSORS);

    store().tags().tag(database, Map.of("team", "y", "cost", "7"));
    store().tags().tag(table, Map.of("b", "2"));
    store().tags().untag(database, Set.of("empty", "never"));
    store().betweenSteps();

    assertThat(store().tags().tags(database))
        .containsExactly(Map.entry("cost", "7"), Map.entry("team", "y"));
    assertThat(store().tags().tags(table))
        .containsExactly(Map.entry("a\t", "ü"), Map.entry("b", "2"));
    assertThat(store().administration().database(DATABASE).orElseThrow().updated()).isEqualTo(NOW);
  }

  @Test
  void refusesMoreTagsThanFiftyAndTagsOfNothing() {
    createSensors();
    Map<String, String> tags = new TreeMap<>();
    for (int i = 0; i < ResourceTags.TAGS_MAX; i++) {
      tags.put("key" + i, "v");
    }
    Resource table = new Resource.OfTable(SENSORS);
    store().tags().tag(table, tags);

    refuses(Kind.QUOTA, () -> store().tags().tag(table, Map.of("one", "more")));
    tags.put("one", "more");
    refuses(Kind.QUOTA, () -> store().administration().createDatabase("other", null, tags));
    assertThat(store().tags().tags(table)).hasSize(ResourceTags.TAGS_MAX);
    refuses(
        Kind.NOT_FOUND,
        () -> store().tags().tag(new Resource.OfDatabase("nowhere"), Map.of("a", "b")));
    refuses(
        Kind.NOT_FOUND,
        () -> store().tags().tags(new Resource.OfTable(new TableName(DATABASE, "nowhere"))));
  }

  @Test
  void keepsTheSettingsOfTheAccount() {
    assertThat(store().settings().accountSettings()).isEqualTo(AccountSettings.DEFAULT);
    AccountSettings changed = new AccountSettings(48, PricingModel.COMPUTE_UNITS);

    store().settings().accountSettings(changed);
    store().betweenSteps();

    assertThat(store().settings().accountSettings()).isEqualTo(changed);
  }
}
