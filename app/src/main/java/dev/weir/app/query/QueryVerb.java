// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.logging.LogSetup;
import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.QueryFlags;
import dev.weir.app.settings.ServeFlags.LogFormat;
import dev.weir.app.settings.ServeFlags.LogLevel;
import dev.weir.app.settings.ServeSettings;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.UsageException;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code weir query "SELECT …"}. */
public final class QueryVerb implements Verb {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Function<Optional<URI>, QueryRunner> endpoints;
  private final InstantSource clock;

  /**
   * Makes the verb.
   *
   * @param endpoints gives what runs queries at a URL, or at Amazon without one
   */
  public QueryVerb(Function<Optional<URI>, QueryRunner> endpoints, InstantSource clock) {
    this.endpoints = endpoints;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "query";
  }

  @Override
  public String operands() {
    return "[SQL]";
  }

  @Override
  public String summary() {
    return "Runs a query of Timestream SQL on a Weir or on Amazon; - reads it from standard input.";
  }

  @Override
  public List<Flag<?>> flags() {
    return QueryFlags.ALL;
  }

  @Override
  public int run(Arguments arguments, Settings settings, Terminal terminal) {
    String sql = SqlSource.read(arguments.operands(), settings, terminal);
    Optional<URI> endpoint = settings.value(QueryFlags.ENDPOINT);
    quietLog();
    QueryRun run = new QueryRun(runner(endpoint), sql, clock);
    Thread hook = new Thread(run::cancel, "cancel");
    Runtime.getRuntime().addShutdownHook(hook);
    try (Progress progress = Progress.on(terminal)) {
      Writer out = output(terminal.out());
      QueryRun.Done done = run.into(writer(settings, out), progress);
      String summary = summary(done);
      if (settings.value(QueryFlags.FORMAT) == QueryFlags.ResultFormat.TABLE) {
        out.append(summary).append('\n').flush();
      } else {
        terminal.error().println(summary);
      }
      return 0;
    } catch (StoreException e) {
      throw new UsageException(explain(e, endpoint));
    } catch (IOException e) {
      throw new UsageException("standard output is closed; the query was cancelled");
    } finally {
      unhook(hook);
    }
  }

  private QueryRunner runner(Optional<URI> endpoint) {
    try {
      return endpoints.apply(endpoint);
    } catch (StoreException e) {
      throw new UsageException(explain(e, endpoint));
    }
  }

  private static ResultWriter writer(Settings settings, Writer out) {
    return switch (settings.value(QueryFlags.FORMAT)) {
      case TABLE -> new TableWriter(out);
      case CSV -> new CsvWriter(out);
      case JSON -> new JsonWriter(out);
    };
  }

  private static String summary(QueryRun.Done done) {
    String rows = done.rows() == 1 ? "1 row" : "%,d rows".formatted(done.rows());
    return "%s in %.3f s".formatted(rows, done.time().toNanos() / 1e9);
  }

  /** One line, whatever was answered. */
  private static String explain(StoreException failure, Optional<URI> endpoint) {
    String message = String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    if (failure.kind() != Kind.UNAVAILABLE) {
      return message;
    }
    return endpoint.isPresent()
        ? "no answer from %s (is a Weir running there?): %s".formatted(endpoint.get(), message)
        : "no answer from Amazon Timestream: " + message;
  }

  /** The bytes go through as UTF-8, whatever the terminal's own encoding is. */
  private static Writer output(PrintStream out) {
    OutputStream checked =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            if (out.checkError()) { // A PrintStream keeps its failures to itself.
              throw new IOException("closed");
            }
          }
        };
    return new BufferedWriter(
        new OutputStreamWriter(
            new BufferedOutputStream(checked, BUFFER_BYTES), StandardCharsets.UTF_8));
  }

  /** What goes wrong is the one line at the end; the SDK's own log would only repeat it. */
  private static void quietLog() {
    LogSetup.apply(new ServeSettings.Log(false, LogLevel.ERROR, LogFormat.LOGFMT));
  }

  private static void unhook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // Interrupted: the hook is at work.
    }
  }
}
