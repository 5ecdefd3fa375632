// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.log;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The lines of an invocation. Powertools gives each its fields; threads that the invocation starts
 * have them too. {@code LOG_LEVEL} says how much is written.
 */
public final class FunctionLog {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionLog.class);
  private static final String CORRELATION = "correlation_id";
  private static final int REASON_LENGTH_MAX = 1_000;

  private FunctionLog() {}

  /** Until it is closed, what this thread writes belongs to one message or request. */
  public interface Correlation extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Does the work of an invocation. What it throws is written with its cause and thrown on: Lambda
   * repeats the invocation, or counts it as failed.
   */
  public static <T> T during(Context context, Supplier<T> work) {
    return PowertoolsLogging.withLogging(
        context,
        () -> {
          try {
            return work.get();
          } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("The invocation failed: {}", reason(e));
            throw e;
          }
        });
  }

  /** Names the message or request that the next lines belong to, such as an id of SQS. */
  public static Correlation of(String id) {
    MDC.put(CORRELATION, id);
    return () -> MDC.remove(CORRELATION);
  }

  /**
   * One line for one thing that is refused.
   *
   * @param thing what is refused, by its id or place; nothing of its contents
   * @param why a sentence
   */
  public static void refused(Logger log, String thing, String why) {
    log.atError()
        .addKeyValue("refused", thing)
        .addKeyValue("reason", oneLine(why))
        .log("Refused for good");
  }

  /** One line for one thing that is put off: it comes again by itself. */
  public static void postponed(Logger log, String thing, String why) {
    log.atWarn()
        .addKeyValue("postponed", thing)
        .addKeyValue("reason", oneLine(why))
        .log("Put off; it comes again");
  }

  /** What a failure and its causes say, outermost first, on one line. */
  public static String reason(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Throwable each = failure;
    for (int depth = 0; each != null && depth < 4; depth++, each = each.getCause()) {
      text.append(depth == 0 ? "" : ", because of ").append(each.getClass().getSimpleName());
      if (each.getMessage() != null) {
        text.append(": ").append(each.getMessage());
      }
    }
    return oneLine(text.toString());
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= REASON_LENGTH_MAX ? line : line.substring(0, REASON_LENGTH_MAX) + "…";
  }
}
