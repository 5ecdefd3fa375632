// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import dev.weir.store.embedded.function.FunctionRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * An open DuckDB file. Thread-safe; a connection belongs to one thread at a time.
 *
 * <p>Checkpoints are made only when asked for: an automatic one would run inside some commit.
 */
public final class Engine implements AutoCloseable {

  private final DuckDBConnection root;
  private final RowSources rows = new RowSources();
  private final FunctionRegistry functions = new FunctionRegistry();

  private Engine(DuckDBConnection root) {
    this.root = root;
  }

  public static Engine open(EngineSettings settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("memory_limit", settings.memoryLimitBytes() + "B");
    properties.setProperty("threads", Integer.toString(settings.threads()));
    properties.setProperty("temp_directory", settings.temporary().toString());
    Connection connection =
        DriverManager.getConnection("jdbc:duckdb:" + settings.file(), properties);
    try {
      Engine engine = new Engine((DuckDBConnection) connection);
      engine.rows.register(connection);
      engine.functions.register(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TimeZone='UTC'");
        // As a property of the connection it is shown and not kept to (measured, 2.0.0).
        statement.execute("SET max_temp_directory_size='" + settings.spillLimitBytes() + "B'");
        statement.execute("SET preserve_insertion_order=true");
        statement.execute("SET checkpoint_threshold='1TB'");
        statement.execute("SET autoinstall_known_extensions=false");
        statement.execute("SET autoload_known_extensions=false");
        statement.execute("SET enable_external_access=false");
        statement.execute("SET lock_configuration=true");
      }
      return engine;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  public DuckDBConnection connect() throws SQLException {
    return root.duplicate();
  }

  /** The functions in Java that statements can call. */
  public FunctionRegistry functions() {
    return functions;
  }

  /** The rows of this process that statements can read. */
  public RowSources rows() {
    return rows;
  }

  /**
   * Moves what is committed from the engine's own log into the file.
   *
   * @return false when an open reading transaction is in the way; nothing is lost, try later
   */
  public boolean checkpoint() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
      return true;
    } catch (SQLException e) {
      if (message(e).contains("cannot checkpoint")) {
        return false;
      }
      throw e;
    }
  }

  /** Whether the engine refuses everything until it is opened again, as after a full disk. */
  public boolean isInvalid() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT sealed FROM weir_meta")) {
      return !result.next();
    } catch (SQLException e) {
      return true;
    }
  }

  @Override
  public void close() throws SQLException {
    root.close();
  }

  private static String message(SQLException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }
}
