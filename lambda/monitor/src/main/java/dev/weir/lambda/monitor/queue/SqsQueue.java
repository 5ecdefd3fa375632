// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.queue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * A queue of SQS. The SDK repeats a call that failed as a whole; what a call leaves of its messages
 * is repeated here, after pauses that double. Thread-safe.
 */
public final class SqsQueue implements MessageQueue {

  /** A call with all of its repetitions; SQS takes milliseconds. */
  static final Duration CALL_MAX = Duration.ofSeconds(5);

  static final int ATTEMPTS_MAX = 5;

  static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(SqsQueue.class);

  private final SqsClient client;
  private final String url;
  private final Pause pause;
  private final Duration callMax;

  /** Waits between attempts. */
  @FunctionalInterface
  public interface Pause {
    void pause(Duration length) throws InterruptedException;
  }

  /**
   * A queue.
   *
   * @param client of the queue's region
   */
  public SqsQueue(SqsClient client, String url, Pause pause) {
    this(client, url, pause, CALL_MAX);
  }

  SqsQueue(SqsClient client, String url, Pause pause, Duration callMax) {
    this.client = client;
    this.url = url;
    this.pause = pause;
    this.callMax = callMax;
  }

  @Override
  public List<Message> send(List<Message> messages) {
    List<Message> unsent = new ArrayList<>();
    List<Message> batch = new ArrayList<>();
    int bytes = 0;
    for (Message message : messages) {
      int length = clean(message.body()).getBytes(StandardCharsets.UTF_8).length;
      if (length > BYTES_MAX) {
        LOG.error("A message of {} bytes can't be sent, {} are the most", length, BYTES_MAX);
        unsent.add(message);
        continue;
      }
      if (batch.size() == BATCH_MAX || bytes + length > BYTES_MAX) {
        unsent.addAll(sendBatch(batch));
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(message);
      bytes += length;
    }
    if (!batch.isEmpty()) {
      unsent.addAll(sendBatch(batch));
    }
    return unsent;
  }

  private List<Message> sendBatch(List<Message> batch) {
    List<Message> left = batch;
    Duration wait = FIRST_PAUSE;
    for (int attempt = 1; true; attempt++) {
      try {
        left = sendOnce(left);
      } catch (SdkException e) {
        LOG.atWarn().setCause(e).log("{} messages were not sent to {}", left.size(), url);
        if (isRefused(e)) {
          return left;
        }
      }
      if (left.isEmpty() || attempt == ATTEMPTS_MAX) {
        return left;
      }
      try {
        pause.pause(wait);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return left;
      }
      wait = wait.multipliedBy(2);
    }
  }

  /**
   * What says no to the call itself. No answer in time, or none at all, may be one the next time.
   */
  private static boolean isRefused(SdkException e) {
    return e instanceof AbortedException // an interrupt
        || (e instanceof AwsServiceException service
            && service.statusCode() / 100 == 4
            && !service.isThrottlingException());
  }

  /** Returns those that have to be repeated. */
  private List<Message> sendOnce(List<Message> batch) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(i))
              .messageBody(clean(batch.get(i).body()))
              .delaySeconds((int) batch.get(i).delay().toSeconds())
              .build());
    }
    List<Message> left = new ArrayList<>();
    for (BatchResultErrorEntry failed :
        client
            .sendMessageBatch(
                SendMessageBatchRequest.builder()
                    .queueUrl(url)
                    .entries(entries)
                    .overrideConfiguration(of -> of.apiCallTimeout(callMax))
                    .build())
            .failed()) {
      LOG.warn("A message was not sent to {}: {} {}", url, failed.code(), failed.message());
      left.add(batch.get(Integer.parseInt(failed.id())));
    }
    return left;
  }

  /** SQS refuses what XML 1.0 has no place for; in a text of JSON it can only be part of a word. */
  private static String clean(String body) {
    int at = 0;
    while (at < body.length() && isAllowed(body.charAt(at))) {
      at++;
    }
    if (at == body.length()) {
      return body;
    }
    StringBuilder clean = new StringBuilder(body.length());
    body.codePoints()
        .forEach(each ->
            clean.appendCodePoint(each > Character.MAX_VALUE || isAllowed(each) ? each : 0xFFFD));
    return clean.toString();
  }

  /** Halves of surrogate pairs are looked at again, as pairs. */
  private static boolean isAllowed(int each) {
    return ((each >= ' ' && each < Character.MIN_SURROGATE))
        || (each > Character.MAX_SURROGATE && each < 0xFFFE)
        || each == '\t'
        || each == '\n'
        || each == '\r';
  }
}
