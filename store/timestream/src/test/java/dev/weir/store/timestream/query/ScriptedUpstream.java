// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.timestream.call.Answer;
import dev.weir.store.timestream.call.Operation;
import dev.weir.store.timestream.call.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Answers what is lined up, in order; waits for an interrupt when nothing is. */
final class ScriptedUpstream implements Upstream {

  private static final int PATIENCE_SECONDS = 30;

  private final Deque<Supplier<Answer>> answers = new ArrayDeque<>();

  /** Every call that was made. */
  final List<Call> calls = new CopyOnWriteArrayList<>();

  /** Tokens of the calls that were made, "" for a new query, as they happen. */
  final BlockingQueue<String> made = new LinkedBlockingQueue<>();

  /** Tokens of the calls that an interrupt has ended. */
  final BlockingQueue<String> interrupted = new LinkedBlockingQueue<>();

  /** A call, its body as text. */
  record Call(Operation operation, String body, Instant deadline) {
    String token() {
      return member("NextToken");
    }

    String member(String name) {
      int at = body.indexOf("\"" + name + "\":\"");
      int from = at + name.length() + 4;
      return at < 0 ? "" : body.substring(from, body.indexOf('"', from));
    }
  }

  synchronized ScriptedUpstream then(Supplier<Answer> answer) {
    answers.add(answer);
    return this;
  }

  ScriptedUpstream answers(byte[] body) {
    return then(() -> new Answer.Done(body));
  }

  ScriptedUpstream refuses(String type, String message) {
    return then(() -> new Answer.Refused(type, message, new byte[0]));
  }

  ScriptedUpstream fails(Kind kind) {
    return then(() -> {
      throw new StoreException(kind, "failed as " + kind);
    });
  }

  /** Answers when a gate has been opened. */
  ScriptedUpstream answersAfter(CountDownLatch gate, byte[] body) {
    return then(() -> {
      await(gate, "gate");
      return new Answer.Done(body);
    });
  }

  private synchronized Supplier<Answer> next(String token) {
    Supplier<Answer> next = answers.poll();
    return next == null
        ? () -> {
          await(new CountDownLatch(1), token);
          throw new AssertionError("nothing was lined up, and nobody interrupted");
        }
        : next;
  }

  private void await(CountDownLatch gate, String token) {
    try {
      if (!gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the gate stays shut");
      }
    } catch (InterruptedException e) {
      interrupted.add(token);
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.CANCELLED, "interrupted", e);
    }
  }

  @Override
  public Answer call(Operation operation, byte[] body, Instant deadline) {
    Call call = new Call(operation, new String(body, StandardCharsets.UTF_8), deadline);
    Supplier<Answer> answer = next(call.token());
    calls.add(call);
    made.add(call.token());
    return answer.get();
  }

  /** What happens next, within reason. */
  static String next(BlockingQueue<String> events) throws InterruptedException {
    String event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing has happened");
    }
    return event;
  }
}
