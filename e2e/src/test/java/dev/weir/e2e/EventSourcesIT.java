// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.aws.Invocation;
import dev.weir.e2e.aws.LambdaFunction;
import dev.weir.e2e.aws.QueueMapping;
import dev.weir.e2e.aws.RuleBus;
import dev.weir.e2e.aws.StreamMapping;
import dev.weir.e2e.aws.Timetable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.JsonNode;

/**
 * What calls the functions in the tests of the chain does as AWS documents it: streams, queues,
 * schedules and rules in front of a function that is told how to end.
 */
class EventSourcesIT {

  private static final String REGION = "eu-west-1";
  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:f:live";

  @TempDir private static Path folder;
  private static LocalAws aws;

  private final List<String> events = new ArrayList<>();

  @BeforeAll
  static void start() {
    aws = LocalAws.start(folder, List.of());
  }

  @AfterAll
  static void stop() {
    if (aws != null) {
      aws.close();
    }
  }

  @Test
  void aPoisonedRecordOfAStreamEndsAloneInTheFailureDestination() {
    String arn = table("poisoned");
    String failures = queue("poisoned-failures", Map.of());
    StreamMapping mapping =
        new StreamMapping(
            aws.client(DynamoDbStreamsClient.builder(), REGION),
            sqs(),
            REGION,
            new StreamMapping.Settings(arn, false, 10, 2, true, failures),
            refusing("\"bad\"", "dynamodb", "SequenceNumber"));
    for (String id : List.of("a", "b", "bad", "c", "d")) {
      put("poisoned", id);
    }

    assertThat(mapping.deliver()).isEqualTo(5);

    List<JsonNode> told = messages(failures);
    assertThat(told).hasSize(1);
    JsonNode batch = told.getFirst().path("DDBStreamBatchInfo");
    assertThat(batch.path("batchSize").asInt()).isEqualTo(1);
    JsonNode first = WireApi.JSON.readTree(events.getFirst()).path("Records");
    assertThat(first).hasSize(5);
    assertThat(batch.path("startSequenceNumber"))
        .isEqualTo(first.path(2).path("dynamodb").path("SequenceNumber"));
    assertThat(first.path(0).path("eventName").asString()).isEqualTo("INSERT");
    assertThat(first.path(0).path("dynamodb").path("NewImage").toString())
        .isEqualTo("{\"SiteId\":{\"S\":\"a\"}}");
    assertThat(mapping.deliver()).as("all of it is behind").isZero();
  }

  @Test
  void aMappingFromTheLatestLeavesOutWhatWasThereBefore() {
    String arn = table("latest");
    put("latest", "before");
    StreamMapping mapping =
        new StreamMapping(
            aws.client(DynamoDbStreamsClient.builder(), REGION),
            sqs(),
            REGION,
            new StreamMapping.Settings(arn, true, 10, 2, true, ""),
            refusing("nothing", "x", "y"));
    put("latest", "after");

    assertThat(mapping.deliver()).isEqualTo(1);
    assertThat(events).singleElement().asString().contains("\"after\"");
  }

  @Test
  void aRefusedMessageComesBackUntilItIsDead() {
    String dead = queue("work-dead", Map.of());
    String url =
        queue(
            "work",
            Map.of(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:123456789012:work-dead\","
                    + "\"maxReceiveCount\":\"2\"}"));
    for (String body : List.of("one", "bad", "two")) {
      sqs().sendMessage(m -> m.queueUrl(url).messageBody("\"" + body + "\""));
    }
    QueueMapping mapping =
        new QueueMapping(
            sqs(),
            url,
            "arn:aws:sqs:eu-west-1:123456789012:work",
            10,
            refusing("\\\"bad\\\"", "", "messageId"));

    assertThat(mapping.deliver()).isEqualTo(2);
    assertThat(mapping.failed()).isEqualTo(1);
    assertThat(mapping.deliver()).isZero();
    assertThat(mapping.deliver()).isZero();
    assertThat(mapping.failed()).as("it is dead").isZero();
    assertThat(messages(dead)).singleElement().asString().contains("bad");
  }

  @Test
  void aScheduleGivesItsFunctionTheMoment() {
    SchedulerClient scheduler = aws.client(SchedulerClient.builder(), REGION);
    scheduler.createScheduleGroup(g -> g.name("group"));
    scheduler.createSchedule(s ->
        s.groupName("group")
            .name("site")
            .scheduleExpression("rate(2 minutes)")
            .flexibleTimeWindow(w -> w.mode(FlexibleTimeWindowMode.OFF))
            .target(t ->
                t.arn(ARN)
                    .roleArn("arn:aws:iam::123456789012:role/scheduler")
                    .input("{\"slot\":\"<aws.scheduler.scheduled-time>\"}")));
    Timetable timetable = new Timetable(scheduler, Map.of(ARN, event -> recorded(event, "{}")));

    assertThat(timetable.fire(Instant.parse("2026-11-22T10:00:00.5Z"), Pattern.compile("^site$")))
        .isEqualTo(1);
    assertThat(events).containsExactly("{\"slot\":\"2026-11-22T10:00:00Z\"}");
    assertThat(timetable.schedules())
        .singleElement()
        .satisfies(s -> assertThat(Timetable.interval(s)).hasMinutes(2));
  }

  @Test
  void aRuleGivesItsFunctionTheMoment() {
    EventBridgeClient bus = aws.client(EventBridgeClient.builder(), REGION);
    bus.putRule(r -> r.name("rule").scheduleExpression("rate(1 minute)"));
    Target target =
        Target.builder()
            .id("one")
            .arn(ARN)
            .inputTransformer(i ->
                i.inputPathsMap(Map.of("time", "$.time")).inputTemplate("{\"slot\":\"<time>\"}"))
            .build();
    bus.putTargets(t -> t.rule("rule").targets(target));
    RuleBus rules = new RuleBus(bus, Map.of(ARN, event -> recorded(event, "{}")));

    assertThat(rules.fire(Instant.parse("2026-11-22T10:00:00Z"), Pattern.compile("rule")))
        .isEqualTo(1);
    assertThat(events).containsExactly("{\"slot\":\"2026-11-22T10:00:00Z\"}");
  }

  /**
   * Reports each record whose text holds the words; with quotes, as identifiers and receipt handles
   * are letters by chance.
   */
  private LambdaFunction refusing(String words, String parent, String id) {
    return event -> {
      List<String> failures = new ArrayList<>();
      for (JsonNode record : WireApi.JSON.readTree(event).path("Records")) {
        if (record.toString().contains(words)) {
          JsonNode holder = parent.isEmpty() ? record : record.path(parent);
          failures.add("{\"itemIdentifier\":\"%s\"}".formatted(holder.path(id).asString()));
        }
      }
      return recorded(event, "{\"batchItemFailures\":%s}".formatted(failures));
    };
  }

  private Invocation recorded(String event, String answer) {
    events.add(event);
    return new Invocation.Answered(answer);
  }

  /** The ARN of its stream. */
  private static String table(String name) {
    aws.makeSitesTable(name);
    return dynamoDb().describeTable(t -> t.tableName(name)).table().latestStreamArn();
  }

  private static void put(String table, String id) {
    dynamoDb().putItem(p -> p.tableName(table).item(Map.of("SiteId", AttributeValue.fromS(id))));
  }

  private static String queue(String name, Map<QueueAttributeName, String> attributes) {
    return sqs().createQueue(q -> q.queueName(name).attributes(attributes)).queueUrl();
  }

  private static List<JsonNode> messages(String url) {
    return sqs().receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages().stream()
        .map(message -> WireApi.JSON.readTree(message.body()))
        .toList();
  }

  private static DynamoDbClient dynamoDb() {
    return aws.client(DynamoDbClient.builder(), REGION);
  }

  private static SqsClient sqs() {
    return aws.client(SqsClient.builder(), REGION);
  }
}
