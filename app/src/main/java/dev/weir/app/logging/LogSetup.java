// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.weir.app.settings.ServeFlags.LogFormat;
import dev.weir.app.settings.ServeFlags.LogLevel;
import dev.weir.app.settings.ServeSettings;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Configures logback: when it wakes up with the defaults, later with the settings. */
public final class LogSetup extends ContextAwareBase implements Configurator {

  private static final String STANDARD_ERROR = "System.err";

  /** Jetty says much that no operator needs: it is kept a level quieter than Weir. */
  private static final String JETTY = "org.eclipse.jetty";

  /**
   * Below a warning these log whole requests, and with them session tokens and label values; no
   * setting may let them.
   */
  private static final List<String> CALLERS = List.of("org.apache.hc", "software.amazon.awssdk");

  /** Called by logback, which finds this class as a service. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    apply(context, new ServeSettings.Log(true, LogLevel.INFO, LogFormat.LOGFMT));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** From here on, logs as the settings say. */
  public static void apply(ServeSettings.Log settings) {
    apply((LoggerContext) LoggerFactory.getILoggerFactory(), settings);
  }

  private static void apply(LoggerContext context, ServeSettings.Log settings) {
    LogLineEncoder encoder = new LogLineEncoder(format(settings.format()));
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget(STANDARD_ERROR);
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    root.setLevel(settings.enabled() ? level(settings.level()) : Level.OFF);
    context.getLogger(JETTY).setLevel(settings.enabled() ? jettyLevel(settings.level()) : null);
    for (String caller : CALLERS) {
      context.getLogger(caller).setLevel(settings.enabled() ? callerLevel(settings.level()) : null);
    }
  }

  private static LogLine format(LogFormat format) {
    return switch (format) {
      case LOGFMT -> new LogfmtLine();
      case JSON -> new JsonLine();
    };
  }

  private static Level jettyLevel(LogLevel level) {
    return switch (level) {
      case DEBUG -> Level.INFO;
      case INFO, WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
    };
  }

  private static Level callerLevel(LogLevel level) {
    return switch (level) {
      case DEBUG, INFO, WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
    };
  }

  private static Level level(LogLevel level) {
    return switch (level) {
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
    };
  }
}
