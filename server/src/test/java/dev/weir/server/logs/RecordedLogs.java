// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The logging of the tests: remembers lines of this room, drops all others. */
public final class RecordedLogs implements SLF4JServiceProvider {

  private static final List<Line> LINES = new CopyOnWriteArrayList<>();

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter contexts = new NOPMDCAdapter();

  /** A line with its pairs, as {@code key=value} in order. */
  public record Line(Level level, String logger, String message, List<String> pairs) {}

  /** The lines so far that match. */
  public static List<Line> matching(Predicate<Line> wanted) {
    return LINES.stream().filter(wanted).toList();
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return RecordingLogger::new;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return contexts;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  private static final class RecordingLogger extends AbstractLogger implements LoggingEventAware {

    private static final long serialVersionUID = 1;

    RecordingLogger(String name) {
      this.name = name;
    }

    private boolean ours() {
      return getName().startsWith("dev.weir.");
    }

    @Override
    public void log(LoggingEvent event) {
      List<String> pairs = new ArrayList<>();
      if (event.getKeyValuePairs() != null) {
        for (KeyValuePair pair : event.getKeyValuePairs()) {
          pairs.add(pair.key + "=" + pair.value);
        }
      }
      LINES.add(new Line(event.getLevel(), getName(), event.getMessage(), pairs));
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String message,
        Object @Nullable [] arguments,
        @Nullable Throwable cause) {
      LINES.add(new Line(level, getName(), message, List.of()));
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return ours();
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
      return ours();
    }

    @Override
    public boolean isInfoEnabled() {
      return ours();
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
      return ours();
    }

    @Override
    public boolean isWarnEnabled() {
      return ours();
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
      return ours();
    }

    @Override
    public boolean isErrorEnabled() {
      return ours();
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
      return ours();
    }
  }
}
