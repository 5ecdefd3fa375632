// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.model.PointBatch;
import dev.weir.query.Scope;
import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.PreparedQuery;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryPreparer;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreHealth;
import dev.weir.store.TableCreator;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.WriteOutcome;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.CatalogWriter;
import dev.weir.store.administration.DatabaseDetails;
import dev.weir.store.administration.ResourceTags;
import dev.weir.store.administration.TableDetails;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.embedded.WriteCommand.Rotate;
import dev.weir.store.embedded.WriteCommand.WritePoints;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The embedded store: everything that Weir asks of a store, in one folder and this process.
 * Thread-safe. {@link #open} recovers what an earlier process left behind, however it ended.
 */
public final class EmbeddedStore
    implements PointWriter,
        QueryRunner,
        QueryPreparer,
        CatalogReader,
        CatalogWriter,
        ResourceTags,
        AccountSettings.Keeper,
        TableCreator,
        StoreHealth,
        AutoCloseable {

  private final OpenStore parts;
  private final Submission submission;
  private final Administration administration;

  EmbeddedStore(OpenStore parts) {
    this.parts = parts;
    this.submission = new Submission(parts.queue(), parts.options().clock());
    this.administration =
        new Administration(parts.catalog(), submission, parts.sealer(), parts.options().clock());
  }

  /**
   * Opens the store of a folder.
   *
   * @throws StoreException with one line for people: the folder is in use, of a newer format,
   *     damaged or not writable
   */
  public static EmbeddedStore open(EmbeddedStoreOptions options) {
    return new EmbeddedStore(OpenStore.open(options));
  }

  @Override
  public WriteOutcome write(TableName table, PointBatch batch, Instant deadline) {
    if (batch.isEmpty()) {
      return new WriteOutcome(0, 0, List.of());
    }
    WritePoints command = new WritePoints(table, batch);
    return submission.await(command, command.done(), deadline);
  }

  @Override
  public void createIfMissing(TableName table, TableRules rules) {
    administration.createIfMissing(table, rules);
  }

  @Override
  public QueryPage run(QueryRequest request) {
    return parts.queries().run(request);
  }

  @Override
  public boolean cancel(String queryId) {
    return parts.queries().cancel(queryId);
  }

  @Override
  public PreparedQuery prepare(String text, Scope scope) {
    return parts.queries().prepare(text, scope);
  }

  @Override
  public List<String> databases() {
    return parts.catalog().databases();
  }

  @Override
  public List<String> tables(String database) {
    return parts.catalog().tables(database);
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    return parts.catalog().describe(table);
  }

  @Override
  public DatabaseDetails createDatabase(
      String name, @Nullable String kmsKeyId, Map<String, String> tags) {
    return administration.createDatabase(name, kmsKeyId, tags);
  }

  @Override
  public Optional<DatabaseDetails> database(String name) {
    return administration.database(name);
  }

  @Override
  public DatabaseDetails updateDatabase(String name, String kmsKeyId) {
    return administration.updateDatabase(name, kmsKeyId);
  }

  @Override
  public void deleteDatabase(String name) {
    administration.deleteDatabase(name);
  }

  @Override
  public TableDetails createTable(
      TableName name, TableProperties properties, Map<String, String> tags) {
    return administration.createTable(name, properties, tags);
  }

  @Override
  public Optional<TableDetails> table(TableName name) {
    return administration.table(name);
  }

  @Override
  public TableDetails updateTable(TableName name, TableProperties properties) {
    return administration.updateTable(name, properties);
  }

  @Override
  public void deleteTable(TableName name) {
    administration.deleteTable(name);
  }

  @Override
  public Map<String, String> tags(Resource resource) {
    return administration.tags(resource);
  }

  @Override
  public void tag(Resource resource, Map<String, String> added) {
    administration.tag(resource, added);
  }

  @Override
  public void untag(Resource resource, Set<String> keys) {
    administration.untag(resource, keys);
  }

  @Override
  public AccountSettings accountSettings() {
    return parts.catalog().accountSettings();
  }

  @Override
  public void accountSettings(AccountSettings changed) {
    administration.accountSettings(changed);
  }

  @Override
  public Health health() {
    return parts.health();
  }

  /** Series in all tables. */
  public int seriesCount() {
    return parts.catalog().series().count();
  }

  /** Points that wait for a commit. */
  public int queuedPoints() {
    return parts.queue().depth();
  }

  /** Bytes of the write-ahead log. */
  public long logBytes() {
    return parts.log().totalBytes();
  }

  /**
   * Copies the store as it is now: a store that is opened on the copy has everything that was
   * acknowledged before this was called. Writes and queries go on meanwhile.
   *
   * @param target new or empty
   */
  public void backup(Path target) {
    backup(target, _ -> {});
  }

  /**
   * Copies the store as it is now, and what else belongs to the folder.
   *
   * @param rest copies that, before the copy counts as whole
   */
  public void backup(Path target, Consumer<Path> rest) {
    Rotate command = new Rotate(new CompletableFuture<>());
    parts.backup(target, () -> submission.await(command, command.done()), rest);
  }

  /** Seals what is in memory now; for tests and before a planned stop. False when it must wait. */
  public boolean seal() {
    Rotate command = new Rotate(new CompletableFuture<>());
    submission.await(command, command.done());
    return parts.sealer().work();
  }

  /** Ends after all writes that were taken are durable. */
  @Override
  public void close() {
    parts.close();
  }
}
