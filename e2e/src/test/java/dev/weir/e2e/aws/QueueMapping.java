// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.aws;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event source mapping of an SQS queue: what the function has done is deleted, what it reports
 * failed, or all of the batch where it failed itself, comes back when its visibility timeout is
 * over - here at the next poll, by the test's own hand. What came back too often SQS puts into the
 * queue of the dead. For one thread.
 */
public final class QueueMapping {

  private static final JsonMapper JSON = new JsonMapper();

  /** What ReceiveMessage gives at most. */
  private static final int RECEIVED_MAX = 10;

  private final SqsClient queues;
  private final String url;
  private final String arn;
  private final int batchSize;
  private final LambdaFunction function;
  private final List<Message> failed = new ArrayList<>();

  /** A mapping of the queue with this URL and ARN. */
  public QueueMapping(
      SqsClient queues, String url, String arn, int batchSize, LambdaFunction function) {
    this.queues = queues;
    this.url = url;
    this.arn = arn;
    this.batchSize = batchSize;
    this.function = function;
  }

  /** Polls until the queue has nothing more to give; the number of messages that were done. */
  public int deliver() {
    comeBack();
    int done = 0;
    for (List<Message> batch = receive(); !batch.isEmpty(); batch = receive()) {
      done += deliver(batch);
    }
    return done;
  }

  /** What failed and has not come back yet. */
  public int failed() {
    return failed.size();
  }

  /** Gives the function these messages, and the same once more: SQS delivers at least once. */
  public int deliverTwice() {
    comeBack();
    int done = 0;
    for (List<Message> batch = receive(); !batch.isEmpty(); batch = receive()) {
      function.invoke(event(batch));
      done += deliver(batch);
    }
    return done;
  }

  /** As long as a message was not deleted it can be made visible. */
  private void comeBack() {
    for (Message each : failed) {
      queues.changeMessageVisibility(
          v -> v.queueUrl(url).receiptHandle(each.receiptHandle()).visibilityTimeout(0));
    }
    failed.clear();
  }

  private List<Message> receive() {
    List<Message> batch = new ArrayList<>();
    List<Message> received;
    do {
      int wanted = Math.min(RECEIVED_MAX, batchSize - batch.size());
      received =
          wanted == 0
              ? List.of()
              : queues
                  .receiveMessage(r ->
                      r.queueUrl(url)
                          .maxNumberOfMessages(wanted)
                          .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                  .messages();
      batch.addAll(received);
    } while (!received.isEmpty());
    return batch;
  }

  private int deliver(List<Message> batch) {
    Set<String> ids = new LinkedHashSet<>();
    batch.forEach(message -> ids.add(message.messageId()));
    Optional<Set<String>> refused = FailedItems.of(function.invoke(event(batch)), ids);
    int done = 0;
    for (Message message : batch) {
      if (refused.isEmpty() || refused.get().contains(message.messageId())) {
        failed.add(message);
      } else {
        queues.deleteMessage(d -> d.queueUrl(url).receiptHandle(message.receiptHandle()));
        done++;
      }
    }
    return done;
  }

  private String event(List<Message> batch) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (Message message : batch) {
      ObjectNode record = records.addObject();
      record.put("messageId", message.messageId());
      record.put("receiptHandle", message.receiptHandle());
      record.put("body", message.body());
      ObjectNode attributes = record.putObject("attributes");
      message.attributesAsStrings().forEach(attributes::put);
      record.putObject("messageAttributes");
      record.put("md5OfBody", message.md5OfBody());
      record.put("eventSource", "aws:sqs");
      record.put("eventSourceARN", arn);
      record.put("awsRegion", arn.split(":", 5)[3]);
    }
    return event.toString();
  }
}
