// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import static dev.weir.lambda.monitor.result.Reports.down;
import static dev.weir.lambda.monitor.result.Reports.site;
import static dev.weir.lambda.monitor.result.Reports.up;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lambda.monitor.FixedContext;
import dev.weir.lambda.monitor.parts.FunctionParts;
import dev.weir.lambda.monitor.queue.BatchAnswer;
import dev.weir.lambda.monitor.queue.BatchEvents;
import dev.weir.lambda.monitor.schedule.PlayedAws;
import dev.weir.monitor.check.Site;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The writer as its variables make it, before an endpoint that answers as Timestream does. */
@Timeout(120)
class TimestreamCallsTest {

  private static final Site SHOP = site("default", "shop");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Reports.START.plus(Duration.ofHours(1)));

  private final MemoryDocuments documents = new MemoryDocuments();

  @Test
  void aBatchIsOneCallThatSaysOnceWhatItsRecordsShare() throws Exception {
    try (PlayedAws timestream = new PlayedAws(call -> written(30))) {
      List<String> messages = new ArrayList<>();
      for (int minute = 0; minute < 30; minute++) {
        messages.add(up(SHOP, minute));
      }

      assertThat(answer(timestream, messages)).isEqualTo(BatchAnswer.failed(List.of()));

      assertThat(timestream.calls())
          .extracting(PlayedAws.Call::operation)
          .containsExactly("WriteRecords");
      String body = timestream.calls().getFirst().body();
      assertThat(body)
          .contains("\"CommonAttributes\"")
          .contains("\"DatabaseName\":\"CPTMonitoring\"")
          .contains("\"TableName\":\"WebsiteMonitoringData\"")
          .containsOnlyOnce("\"shop\"");
    }
  }

  @Test
  void aRecordThatTimestreamRejectsIsTheOnlyOneThatFails() throws Exception {
    String rejected =
        "{\"__type\":\"com.amazonaws.timestream.v20181101#RejectedRecordsException\",\"message\":\"One"
            + " or more records have been"
            + " rejected.\",\"RejectedRecords\":[{\"RecordIndex\":0,\"Reason\":\"The record"
            + " timestamp is outside the time range\"}]}";
    try (PlayedAws timestream =
        new PlayedAws(call -> new PlayedAws.Answer(419, "RejectedRecordsException", rejected))) {

      assertThat(answer(timestream, List.of(down(SHOP, 0))))
          .isEqualTo(BatchAnswer.failed(List.of("0")));

      assertThat(documents.list("site-states", null, 10)).isEmpty();
    }
  }

  @Test
  void aTableThatIsMissingKeepsTheMessagesInTheQueueAndIncidentsAreMade() throws Exception {
    try (PlayedAws timestream =
        new PlayedAws(call -> PlayedAws.Answer.error(404, "ResourceNotFoundException"))) {

      assertThat(answer(timestream, List.of(down(SHOP, 0), up(SHOP, 1))))
          .isEqualTo(BatchAnswer.failed(List.of("0", "1")));

      assertThat(documents.list("closed-incidents", null, 10)).hasSize(1);
    }
  }

  private static PlayedAws.Answer written(int records) {
    return PlayedAws.Answer.ok(
        "{\"RecordsIngested\":{\"Total\":%d,\"MemoryStore\":%d,\"MagneticStore\":0}}"
            .formatted(records, records));
  }

  private String answer(PlayedAws timestream, List<String> bodies) {
    Map<String, String> messages = new LinkedHashMap<>();
    for (int i = 0; i < bodies.size(); i++) {
      messages.put(Integer.toString(i), bodies.get(i));
    }
    Map<String, String> environment =
        Map.of(
            "AWS_REGION", "eu-west-1",
            "TS_Endpoint", timestream.endpoint().toString(),
            "TS_AccessKeyId", "weir",
            "TS_SecretAccessKey", "weir");
    try (FunctionParts parts =
        new FunctionParts(environment, UrlConnectionHttpClient.create(), CLOCK)) {
      return ResultFunctions.of(parts, documents)
          .write(
              BatchEvents.of(messages),
              new FixedContext("r", CLOCK, CLOCK.instant().plusSeconds(60)));
    }
  }
}
