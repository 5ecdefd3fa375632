// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.Tcp.Step;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said over one TCP connection. The groups of an expression that matched can be sent back,
 * by number or by name as in {@code ${1}}, which a secret's text writes {@code $${1}}. Not
 * thread-safe.
 */
final class TcpConversation implements AutoCloseable {

  /** What one step waits for must come within so many bytes. */
  static final int EXPECT_BYTES_MAX = 64 * 1024;

  private static final java.util.regex.Pattern GROUP =
      java.util.regex.Pattern.compile("\\$\\{(\\w+)\\}");

  private final Check.Tcp check;
  private final @Nullable TlsContext tls;
  private final Secrets secrets;
  private final long deadlineNanos;
  private final Map<String, String> captured = new HashMap<>();
  private Socket socket;
  private Peer peer;
  private Phases opened;
  private long talkingNanos = Phases.NOT_REACHED;
  private @Nullable Wire wire;

  /**
   * Over this connection, which it closes.
   *
   * @param tls null where nothing of it is encrypted
   */
  TcpConversation(
      Check.Tcp check,
      Connector.Connected connected,
      @Nullable TlsContext tls,
      Secrets secrets,
      long deadlineNanos) {
    this.check = check;
    this.tls = tls;
    this.secrets = secrets;
    this.deadlineNanos = deadlineNanos;
    this.socket = connected.socket();
    this.peer = Objects.requireNonNull(connected.peer());
    this.opened = connected.phases();
  }

  /** Why it failed, or null. */
  @Nullable Failure hold() {
    List<Step> steps = check.steps();
    try {
      if (check.tls().isPresent() && !steps.contains(new Step.StartTls())) {
        secure();
      }
      for (int i = 0; i < steps.size(); i++) {
        take(steps.get(i), "step %d of %d with %s".formatted(i + 1, steps.size(), where()));
      }
      return null;
    } catch (Broken broken) {
      return broken.failure();
    } catch (IOException cut) {
      return new Failure(ErrorClass.RESET, where() + " closed the connection");
    }
  }

  /** Talking counts as waiting, whoever says something. */
  Phases phases() {
    return new Phases(
        opened.dns(),
        opened.connect(),
        opened.tls(),
        Phases.NOT_REACHED,
        talkingNanos,
        Phases.NOT_REACHED);
  }

  Peer peer() {
    return peer;
  }

  /** The groups of the expressions by number and name; a later one replaces an earlier one. */
  Map<String, String> captured() {
    return captured;
  }

  @Override
  public void close() {
    Connector.close(socket);
  }

  private String where() {
    return check.host() + ":" + check.port();
  }

  private void take(Step step, String place) throws IOException, Broken {
    if (step instanceof Step.StartTls) {
      secure();
      return;
    }
    long begin = System.nanoTime();
    Deadline deadline =
        Deadline.of(check.timeouts().waiting(), check.timeouts().total(), deadlineNanos);
    try {
      Wire open = wire;
      if (open == null) {
        open = new Wire(socket, deadline);
        wire = open;
      }
      switch (step) {
        case Step.Send(Secret text) -> send(open, text, place, deadline);
        case Step.Expect(String expression) -> expect(open, expression, place, deadline);
        case Step.StartTls() -> throw new IllegalStateException("was taken above");
      }
    } finally {
      talkingNanos = Math.max(0, talkingNanos) + System.nanoTime() - begin;
    }
  }

  private void secure() throws Broken {
    TlsHandshake handshake =
        TlsHandshake.over(
            socket,
            Objects.requireNonNull(tls, "a conversation that is encrypted has its context"),
            check.host(),
            List.of(),
            peer,
            Deadline.of(check.timeouts().tls(), check.timeouts().total(), deadlineNanos));
    opened = handshake.after(opened);
    peer = handshake.peer();
    switch (handshake) {
      case TlsHandshake.Refused(Failure failure, _, _) ->
          throw new Broken(failure.errorClass(), failure.sentence());
      case TlsHandshake.Secured(var secured, _, _) -> {
        socket = secured;
        wire = null;
      }
    }
  }

  private void send(Wire open, Secret text, String place, Deadline deadline) throws Broken {
    String message = filled(secrets.reveal(text));
    open.until(
        deadline, () -> "%s: not all was taken within %s".formatted(place, deadline.limitText()));
    open.write(message.getBytes(StandardCharsets.UTF_8));
  }

  private String filled(String text) {
    return GROUP
        .matcher(text)
        .replaceAll(found ->
            java.util.regex.Matcher.quoteReplacement(
                captured.getOrDefault(found.group(1), found.group())));
  }

  private void expect(Wire open, String expression, String place, Deadline deadline) throws Broken {
    Pattern pattern = Pattern.compile(expression);
    open.until(
        deadline,
        () ->
            "%s: no line that '%s' matches came within %s"
                .formatted(place, Excerpt.of(expression), deadline.limitText()));
    int budget = EXPECT_BYTES_MAX;
    String last = "";
    while (true) {
      byte[] bytes = line(open, budget, place);
      budget -= bytes.length;
      boolean ended = bytes.length == 0 || bytes[bytes.length - 1] != '\n';
      String line = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
      Matcher matcher = pattern.matcher(line);
      if (!(ended && line.isEmpty()) && matcher.find()) {
        capture(pattern, matcher);
        return;
      }
      last = line.isEmpty() ? last : line;
      if (ended) {
        throw ended(open, expression, place, last);
      }
    }
  }

  /** With the end of the line; without it where the connection ended. */
  private static byte[] line(Wire open, int budget, String place) throws Broken {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() < budget) {
      int next = open.read();
      if (next < 0) {
        return line.toByteArray();
      }
      line.write(next);
      if (next == '\n') {
        return line.toByteArray();
      }
    }
    throw new Broken(
        ErrorClass.BODY_TOO_LARGE,
        "%s: what is waited for did not come within %d bytes".formatted(place, EXPECT_BYTES_MAX));
  }

  private static Broken ended(Wire open, String expression, String place, String last) {
    return open.received() == 0 || open.end() == Wire.End.RESET
        ? new Broken(ErrorClass.RESET, place + ": the connection was closed, nothing was answered")
        : new Broken(
            ErrorClass.BODY_MISMATCH,
            "%s: the connection ended before a line that '%s' matches; the last was '%s'"
                .formatted(place, Excerpt.of(expression), Excerpt.of(last)));
  }

  private void capture(Pattern pattern, Matcher matcher) {
    for (int i = 0; i <= matcher.groupCount(); i++) {
      captured.put(Integer.toString(i), Objects.requireNonNullElse(matcher.group(i), ""));
    }
    pattern
        .namedGroups()
        .forEach((name, group) ->
            captured.put(name, Objects.requireNonNullElse(matcher.group(group), "")));
  }
}
