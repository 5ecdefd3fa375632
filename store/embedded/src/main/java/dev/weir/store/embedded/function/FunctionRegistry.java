// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunction;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * The Java functions of one engine, and the queries that call them at the moment. Thread-safe.
 *
 * <p>In the engine's SQL each function has one argument more, the first: the number of its query,
 * negative where a failure is to become NULL (inside of TRY).
 */
public final class FunctionRegistry {

  static final String PREFIX = "weir_";

  /** All functions, chapter by chapter. */
  private static final List<List<JavaFunction>> CHAPTERS =
      List.of(
          CalendarFunctions.ALL,
          CastFunctions.ALL,
          MathFunctions.ALL,
          RegexFunctions.ALL,
          SeriesMath.ALL,
          TextFunctions.ALL,
          TimeFormatFunctions.ALL);

  private final Map<Long, QueryCalls> queries = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  /** Makes the functions known to the engine; before its configuration is locked. */
  public void register(Connection connection) throws SQLException {
    for (List<JavaFunction> chapter : CHAPTERS) {
      for (JavaFunction function : chapter) {
        register(connection, function);
      }
    }
  }

  /**
   * A query begins that may call them.
   *
   * @param cancelled whether it has been cancelled or has passed its deadline; asked often, by any
   *     thread
   */
  public QueryCalls begin(BooleanSupplier cancelled) {
    long number = numbers.incrementAndGet();
    QueryCalls calls = new QueryCalls(number, cancelled, () -> queries.remove(number));
    queries.put(number, calls);
    return calls;
  }

  private void register(Connection connection, JavaFunction function) throws SQLException {
    List<Class<?>> parameters = new ArrayList<>();
    parameters.add(Long.class);
    function.parameters().forEach(type -> parameters.add(type.javaType()));
    try (var builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(PREFIX + function.name())
          .withParameters(parameters.toArray(Class<?>[]::new))
          .withReturnType(function.result().javaType())
          .withVectorizedFunction(new Calls(function))
          .register(connection);
    }
  }

  /** Calls a function for each row of a chunk. */
  private final class Calls implements DuckDBScalarFunction {
    private final JavaFunction function;

    Calls(JavaFunction function) {
      this.function = function;
    }

    @Override
    public void apply(DuckDBDataChunkReader chunk, DuckDBWritableVector result) {
      if (chunk.rowCount() == 0) {
        return;
      }
      long signed = chunk.vector(0).getLong(0);
      QueryCalls query = queries.get(QueryCalls.number(signed));
      if (query == null) {
        throw new IllegalStateException("no query " + signed);
      }
      query.checkCancelled();
      Row row = new Row(chunk, function.parameters().size(), query);
      for (long i = 0; i < chunk.rowCount(); i++) {
        row.moveTo(i);
        boolean skipped = !function.takesNulls() && row.anyNull();
        set(result, i, skipped ? null : call(row, signed < 0));
      }
    }

    private @Nullable Object call(Row row, boolean quiet) {
      try {
        return function.body().call(row);
      } catch (BadValueException e) {
        if (quiet && !row.query().cancelled()) {
          return null;
        }
        throw e;
      } catch (StackOverflowError e) {
        throw new BadValueException(BadValueException.TOO_DEEP);
      } catch (ArithmeticException | DateTimeException e) {
        if (quiet) {
          return null;
        }
        throw new BadValueException("a value is out of range for " + function.name());
      }
    }

    private void set(DuckDBWritableVector result, long row, @Nullable Object value) {
      if (value == null) {
        result.setNull(row);
        return;
      }
      switch (function.result()) {
        case BIGINT -> result.setLong(row, (Long) value);
        case DOUBLE -> result.setDouble(row, (Double) value);
        case VARCHAR -> result.setString(row, (String) value);
        case BOOLEAN -> result.setBoolean(row, (Boolean) value);
      }
    }
  }
}
