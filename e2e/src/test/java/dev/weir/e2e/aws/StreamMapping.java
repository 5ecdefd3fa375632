// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event source mapping of a DynamoDB stream: batches of each shard in order, partial responses,
 * a failing batch repeated from its first failure and split in two until its retries are used up,
 * and what is left told to a queue (Lambda developer guide, "Process DynamoDB records with Lambda",
 * "Retain discarded records"). For one thread.
 */
public final class StreamMapping {

  private static final JsonMapper JSON = new JsonMapper();

  private final DynamoDbStreamsClient streams;
  private final SqsClient queues;
  private final String region;
  private final Settings settings;
  private final LambdaFunction function;
  private final Map<String, @Nullable String> lastOfShard = new HashMap<>();
  private final List<String> events = new ArrayList<>();

  /**
   * How the mapping is set up.
   *
   * @param startsAtLatest whether what was in the stream before is left out; otherwise all of it is
   *     read
   * @param retries of a batch, after its first attempt
   * @param failures the URL of the queue that is told of what failed for good
   */
  public record Settings(
      String streamArn,
      boolean startsAtLatest,
      int batchSize,
      int retries,
      boolean bisects,
      String failures) {}

  public StreamMapping(
      DynamoDbStreamsClient streams,
      SqsClient queues,
      String region,
      Settings settings,
      LambdaFunction function) {
    this.streams = streams;
    this.queues = queues;
    this.region = region;
    this.settings = settings;
    this.function = function;
    if (settings.startsAtLatest()) {
      shards().forEach(shard -> lastOfShard.put(shard.shardId(), last(shard)));
    }
  }

  /** Gives the function whatever the stream has; the number of records. */
  public int deliver() {
    int delivered = 0;
    for (Shard shard : shards()) {
      List<Record> records = unread(shard);
      for (int from = 0; from < records.size(); from += settings.batchSize()) {
        int to = Math.min(records.size(), from + settings.batchSize());
        deliver(shard, records.subList(from, to), settings.retries());
        lastOfShard.put(shard.shardId(), records.get(to - 1).dynamodb().sequenceNumber());
      }
      delivered += records.size();
    }
    return delivered;
  }

  /** Gives the function an event once more, as Lambda may at any time. */
  public Invocation redeliver(String event) {
    return function.invoke(event);
  }

  /** The events that the function was given, first attempts and repeated ones. */
  public List<String> events() {
    return List.copyOf(events);
  }

  private void deliver(Shard shard, List<Record> batch, int retriesLeft) {
    Optional<Integer> failing = firstFailing(batch);
    if (failing.isEmpty()) {
      return;
    }
    List<Record> rest = batch.subList(failing.get(), batch.size());
    if (rest.size() < batch.size()) {
      deliver(shard, rest, settings.retries());
    } else if (rest.size() > 1 && settings.bisects()) {
      deliver(shard, rest.subList(0, rest.size() / 2), retriesLeft);
      deliver(shard, rest.subList(rest.size() / 2, rest.size()), retriesLeft);
    } else if (retriesLeft > 0) {
      deliver(shard, rest, retriesLeft - 1);
    } else {
      queues.sendMessage(m -> m.queueUrl(settings.failures()).messageBody(told(shard, rest)));
    }
  }

  /** The place of the first record that failed; empty where all is well. */
  private Optional<Integer> firstFailing(List<Record> batch) {
    String event = StreamRecords.event(batch, region, settings.streamArn());
    events.add(event);
    Set<String> numbers = new LinkedHashSet<>();
    batch.forEach(record -> numbers.add(record.dynamodb().sequenceNumber()));
    Optional<Set<String>> failed = FailedItems.of(function.invoke(event), numbers);
    if (failed.isEmpty()) {
      return Optional.of(0);
    }
    return failed.get().stream().findFirst().map(List.copyOf(numbers)::indexOf);
  }

  /** Where the records are, not what is in them. */
  private String told(Shard shard, List<Record> records) {
    ObjectNode message = JSON.createObjectNode();
    ObjectNode batch = message.putObject("DDBStreamBatchInfo");
    batch.put("shardId", shard.shardId());
    batch.put("startSequenceNumber", records.getFirst().dynamodb().sequenceNumber());
    batch.put("endSequenceNumber", records.getLast().dynamodb().sequenceNumber());
    batch.put("batchSize", records.size());
    batch.put("streamArn", settings.streamArn());
    return message.toString();
  }

  private List<Shard> shards() {
    return streams
        .describeStream(s -> s.streamArn(settings.streamArn()))
        .streamDescription()
        .shards();
  }

  private @Nullable String last(Shard shard) {
    List<Record> all = unread(shard);
    return all.isEmpty() ? null : all.getLast().dynamodb().sequenceNumber();
  }

  private List<Record> unread(Shard shard) {
    String last = lastOfShard.get(shard.shardId());
    String iterator =
        streams
            .getShardIterator(i ->
                i.streamArn(settings.streamArn())
                    .shardId(shard.shardId())
                    .shardIteratorType(
                        last == null
                            ? ShardIteratorType.TRIM_HORIZON
                            : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .sequenceNumber(last))
            .shardIterator();
    List<Record> records = new ArrayList<>();
    while (iterator != null) {
      String from = iterator;
      GetRecordsResponse answer = streams.getRecords(g -> g.shardIterator(from));
      records.addAll(answer.records());
      iterator = answer.records().isEmpty() ? null : answer.nextShardIterator();
    }
    return records;
  }
}
