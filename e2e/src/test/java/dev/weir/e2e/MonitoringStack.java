// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import dev.weir.e2e.aws.LambdaFunction;
import dev.weir.e2e.aws.QueueMapping;
import dev.weir.e2e.aws.RuleBus;
import dev.weir.e2e.aws.StreamMapping;
import dev.weir.e2e.aws.Timetable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.JsonNode;

/**
 * What {@code deploy/monitoring} stands up, on this machine: tables, queues and the packaged
 * functions, in a home region and one more. A function's process starts when it is first called.
 * Nothing calls one by itself: a test lets the stream, a minute or a queue go on.
 */
final class MonitoringStack implements AutoCloseable {

  static final String HOME = "eu-west-1";
  static final String SECOND = "eu-central-1";
  static final String DATABASE = "CPTMonitoring";
  static final String TABLE = "WebsiteMonitoringData";
  static final String SITES = "WSMonitoringConfig";
  static final String DOCUMENTS = "WSMonitoringDocuments";

  private static final String HEARD = "heard";

  private static final List<String> REGIONS = List.of(HOME, SECOND);
  private static final int ORDER_BATCH = 10;
  private static final int RESULT_BATCH = 500;

  /** So often a test lets a message fail before it is dead. */
  static final int RECEIVES = 4;

  static final int STREAM_RETRIES = 2;

  private final Path folder;
  private final Duration timeout;
  private final LocalAws aws;
  private final Path unpacked;
  private final Map<String, String> settings;
  private final Map<String, String> queueUrls = new HashMap<>();
  private final Map<String, LambdaRuntime> functions = new ConcurrentHashMap<>();
  private final StreamMapping stream;
  private final QueueMapping results;
  private final Map<String, QueueMapping> orders = new TreeMap<>();

  private MonitoringStack(
      Path folder, LocalAws aws, Path unpacked, Map<String, String> settings, Duration timeout) {
    this.timeout = timeout;
    this.folder = folder;
    this.aws = aws;
    this.unpacked = unpacked;
    for (String region : REGIONS) {
      queue(region, "cpt-monitoring-orders");
      queue(region, "cpt-monitoring-schedule-failures");
    }
    queue(HOME, "cpt-monitoring-results");
    queue(HOME, "cpt-monitoring-stream-failures");
    String topic = topic();
    this.settings = new HashMap<>(environment());
    this.settings.put("WEIR_NOTICE_TOPIC", topic);
    this.settings.putAll(settings);
    makeTables();
    aws.timestream().createTable(DATABASE, TABLE);
    aws.timestream().addTable(DATABASE, "WebsiteMonitoringHourly");
    this.stream =
        stream(false, event -> function(MonitorFunction.CONFIGURATION, HOME).invoke(event));
    this.results = mapping(HOME, "cpt-monitoring-results", RESULT_BATCH, MonitorFunction.WRITER);
    for (String region : REGIONS) {
      orders.put(
          region, mapping(region, "cpt-monitoring-orders", ORDER_BATCH, MonitorFunction.CHECK));
    }
  }

  /**
   * Stands it up.
   *
   * @param settings variables of the environment beside those that its template has
   * @param timeout of an invocation, of any function
   */
  static MonitoringStack start(Path folder, Map<String, String> settings, Duration timeout) {
    List<String> callers = new ArrayList<>();
    for (MonitorFunction each : MonitorFunction.values()) {
      REGIONS.forEach(region -> callers.add(each.caller(region)));
    }
    LocalAws aws = LocalAws.start(folder, callers);
    try {
      Path unpacked = Files.createTempDirectory(folder, "monitor");
      LambdaRuntime.unpack(MonitorFunction.ZIP, unpacked);
      return new MonitoringStack(folder, aws, unpacked, settings, timeout);
    } catch (IOException e) {
      aws.close();
      throw new UncheckedIOException(e);
    }
  }

  /** What changes from now on goes to this function as well. */
  StreamMapping streamTo(LambdaFunction function) {
    return stream(true, function);
  }

  private StreamMapping stream(boolean startsAtLatest, LambdaFunction function) {
    return new StreamMapping(
        aws.client(DynamoDbStreamsClient.builder(), HOME),
        sqs(HOME),
        HOME,
        new StreamMapping.Settings(
            streamArn(),
            startsAtLatest,
            100,
            STREAM_RETRIES,
            true,
            url(HOME, "cpt-monitoring-stream-failures")),
        function);
  }

  /** A topic of notices, which a queue hears. */
  private String topic() {
    sqs(HOME).createQueue(q -> q.queueName(HEARD));
    SnsClient sns = aws.client(SnsClient.builder(), HOME);
    String topic = sns.createTopic(t -> t.name("cpt-monitoring-notices")).topicArn();
    sns.subscribe(s -> s.topicArn(topic).protocol("sqs").endpoint(queueArn(HOME, HEARD)));
    return topic;
  }

  /** What the topic of notices has been told. */
  List<String> heard() {
    return waiting(HOME, HEARD);
  }

  /** Writes items as {@code aws dynamodb batch-write-item} does. */
  void batchWriteItem(String requestItems) {
    try {
      aws.tables().call("BatchWriteItem", "{\"RequestItems\":" + requestItems + "}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void makeTables() {
    try {
      aws.tables().makeSitesTable(SITES);
      aws.tables().makeDocumentsTable(DOCUMENTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String streamArn() {
    return dynamoDb().describeTable(t -> t.tableName(SITES)).table().latestStreamArn();
  }

  private Map<String, String> environment() {
    Map<String, String> all = new HashMap<>();
    all.put("TS_Database", DATABASE);
    all.put("TS_Table", TABLE);
    all.put("TS_Region", HOME);
    all.put("TS_Endpoint", aws.gateway().endpoint());
    all.put("WEIR_SITES_TABLE", SITES);
    all.put("WEIR_DOCUMENTS_TABLE", DOCUMENTS);
    all.put("WEIR_HOME_REGION", HOME);
    all.put("WEIR_REGIONS", regions());
    all.put("WEIR_SCHEDULES", "scheduler");
    all.put("WEIR_SCHEDULE_GROUP_PREFIX", "cpt-monitoring-");
    all.put(
        "WEIR_SCHEDULER_ROLE",
        "arn:aws:iam::" + LocalAws.ACCOUNT + ":role/CPT-Scheduler-WebsiteMonitoring");
    all.put("WEIR_RULE_PREFIX", "CPT_WSMon_RULE_");
    all.put("WEIR_SHARDS", "4");
    all.put("WEIR_RESULTS_QUEUE", url(HOME, "cpt-monitoring-results"));
    all.put("WEIR_RECORD_LAYOUT", "check");
    // The sites of the tests are on loopback.
    all.put("WEIR_NETWORK_POLICY", "127.0.0.0/8,::1/128");
    all.put("WEIR_CONCURRENCY", "20");
    return all;
  }

  private String regions() {
    List<String> each = new ArrayList<>();
    for (String region : REGIONS) {
      each.add(
          "\"%s\":{\"check\":\"%s\",\"tick\":\"%s\",\"orders\":\"%s\"}"
              .formatted(
                  region,
                  MonitorFunction.CHECK.arn(region),
                  MonitorFunction.TICK.arn(region),
                  url(region, "cpt-monitoring-orders")));
    }
    return "{" + String.join(",", each) + "}";
  }

  /** With a queue of the dead beside it. */
  private void queue(String region, String name) {
    sqs(region).createQueue(q -> q.queueName(name + "-dead"));
    String redrive =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
            .formatted(queueArn(region, name + "-dead"), RECEIVES);
    sqs(region)
        .createQueue(
            q -> q.queueName(name).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, redrive)));
  }

  private String url(String region, String name) {
    return queueUrls.computeIfAbsent(
        region + "/" + name, key -> sqs(region).getQueueUrl(q -> q.queueName(name)).queueUrl());
  }

  private static String queueArn(String region, String name) {
    return "arn:aws:sqs:" + region + ":" + LocalAws.ACCOUNT + ":" + name;
  }

  private QueueMapping mapping(String region, String name, int batch, MonitorFunction function) {
    return new QueueMapping(
        sqs(region),
        url(region, name),
        queueArn(region, name),
        batch,
        event -> function(function, region).invoke(event));
  }

  /** The function in a region, started where it wasn't. */
  LambdaRuntime function(MonitorFunction function, String region) {
    return functions.computeIfAbsent(
        function.caller(region), caller -> started(function, region, settings));
  }

  /** A function with an environment of its own, which the caller closes. */
  LambdaRuntime started(MonitorFunction function, String region, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(aws.environment(function.caller(region), region));
    return LambdaRuntime.start(folder, function.code(region, timeout), unpacked, all, false);
  }

  /** What functions are told, as it can be changed for one of them. */
  Map<String, String> settings() {
    return new HashMap<>(settings);
  }

  StreamMapping stream() {
    return stream;
  }

  QueueMapping orders(String region) {
    return orders.get(region);
  }

  QueueMapping results() {
    return results;
  }

  Timetable timetable(String region) {
    return new Timetable(aws.client(SchedulerClient.builder(), region), targets());
  }

  RuleBus rules(String region) {
    return new RuleBus(aws.client(EventBridgeClient.builder(), region), targets());
  }

  void deleteSchedule(String region, GetScheduleResponse schedule) {
    aws.client(SchedulerClient.builder(), region)
        .deleteSchedule(d -> d.groupName(schedule.groupName()).name(schedule.name()));
  }

  void disableSchedule(String region, GetScheduleResponse schedule) {
    aws.client(SchedulerClient.builder(), region)
        .updateSchedule(u ->
            u.groupName(schedule.groupName())
                .name(schedule.name())
                .description(schedule.description())
                .scheduleExpression(schedule.scheduleExpression())
                .flexibleTimeWindow(schedule.flexibleTimeWindow())
                .target(schedule.target())
                .state(ScheduleState.DISABLED));
  }

  /** As somebody else might make one, in Weir's own group. */
  void copySchedule(String region, GetScheduleResponse schedule, String name) {
    aws.client(SchedulerClient.builder(), region)
        .createSchedule(c ->
            c.groupName(schedule.groupName())
                .name(name)
                .description("somebody else's")
                .scheduleExpression(schedule.scheduleExpression())
                .flexibleTimeWindow(schedule.flexibleTimeWindow())
                .target(schedule.target()));
  }

  private Map<String, LambdaFunction> targets() {
    Map<String, LambdaFunction> targets = new HashMap<>();
    for (MonitorFunction each : MonitorFunction.values()) {
      for (String region : REGIONS) {
        targets.put(each.arn(region), event -> function(each, region).invoke(event));
      }
    }
    return targets;
  }

  /** The bodies that a queue holds now; they stay there. */
  List<String> waiting(String region, String name) {
    List<Message> all = received(region, name);
    for (Message each : all) {
      sqs(region)
          .changeMessageVisibility(v ->
              v.queueUrl(url(region, name))
                  .receiptHandle(each.receiptHandle())
                  .visibilityTimeout(0));
    }
    return all.stream().map(Message::body).toList();
  }

  private List<Message> received(String region, String name) {
    List<Message> all = new ArrayList<>();
    List<Message> some;
    do {
      some =
          sqs(region)
              .receiveMessage(r -> r.queueUrl(url(region, name)).maxNumberOfMessages(10))
              .messages();
      all.addAll(some);
    } while (!some.isEmpty());
    return all;
  }

  /** Puts a message into a queue. */
  void send(String region, String name, String body) {
    sqs(region).sendMessage(m -> m.queueUrl(url(region, name)).messageBody(body));
  }

  /** Takes what was given up out of all queues. */
  void bury() {
    dead()
        .keySet()
        .forEach(place -> {
          String region = place.substring(0, place.indexOf(' '));
          String name = place.substring(place.indexOf(' ') + 1);
          for (Message each : received(region, name)) {
            sqs(region)
                .deleteMessage(
                    d -> d.queueUrl(url(region, name)).receiptHandle(each.receiptHandle()));
          }
        });
  }

  /** The sites of the records that the stream's mapping gave up. */
  Set<String> givenUp() {
    Map<String, String> sites = new HashMap<>();
    for (String event : stream.events()) {
      for (JsonNode record : WireApi.JSON.readTree(event).path("Records")) {
        JsonNode change = record.path("dynamodb");
        sites.put(
            change.path("SequenceNumber").asString(),
            change.path("Keys").path("SiteId").path("S").asString());
      }
    }
    Set<String> givenUp = new TreeSet<>();
    for (String body : waiting(HOME, "cpt-monitoring-stream-failures")) {
      JsonNode batch = WireApi.JSON.readTree(body).path("DDBStreamBatchInfo");
      givenUp.add(
          batch.path("batchSize").asInt() == 1
              ? sites.get(batch.path("startSequenceNumber").asString())
              : body);
    }
    return givenUp;
  }

  /** Everything that was given up, by queue. */
  Map<String, List<String>> dead() {
    Map<String, List<String>> dead = new TreeMap<>();
    REGIONS.forEach(region ->
        Stream.of("cpt-monitoring-orders-dead", "cpt-monitoring-schedule-failures")
            .forEach(name -> dead.put(region + " " + name, waiting(region, name))));
    Stream.of("cpt-monitoring-results-dead", "cpt-monitoring-stream-failures")
        .forEach(name -> dead.put(HOME + " " + name, waiting(HOME, name)));
    dead.values().removeIf(List::isEmpty);
    return dead;
  }

  /** What a comparison of schedules and table finds, which then mends nothing. */
  JsonNode drift() {
    return reconcile("{\"dryRun\":true}");
  }

  /** What a comparison of schedules and table says it did. */
  JsonNode reconcile(String order) {
    return WireApi.JSON.readTree(function(MonitorFunction.RECONCILE, HOME).answer(order));
  }

  List<List<String>> rows(String sql) {
    return aws.timestream().rows(sql);
  }

  DynamoDbClient dynamoDb() {
    return aws.client(DynamoDbClient.builder(), HOME);
  }

  SqsClient sqs(String region) {
    return aws.client(SqsClient.builder(), region);
  }

  AwsGateway gateway() {
    return aws.gateway();
  }

  @Override
  public void close() {
    functions.values().forEach(LambdaRuntime::close);
    aws.close();
  }
}
