// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.lambda.monitor.queue.QueueBatch.Delivery;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueBatchTest {

  @Test
  void readsMessagesAsLambdaBringsThem() {
    String event =
        """
        {"Records": [{"messageId": "m-1", "receiptHandle": "r", "body": "{\\"a\\": 1}",
          "attributes": {"ApproximateReceiveCount": "1", "body": "not this"},
          "messageAttributes": {"messageId": {"stringValue": "nor this"}},
          "md5OfBody": "x", "eventSource": "aws:sqs",
          "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:orders", "awsRegion": "eu-west-1"},
         {"messageId": "m-2"}]}
        """;

    assertThat(QueueBatch.read(event).orElseThrow().deliveries())
        .isEqualTo(List.of(new Delivery("m-1", "{\"a\": 1}"), new Delivery("m-2", "")));
  }

  @Test
  void anEventOfAnotherKindIsNoBatch() {
    assertThat(QueueBatch.read("{\"slot\":\"x\",\"sites\":[{\"Records\":[]}]}")).isEmpty();
    assertThat(QueueBatch.read("{\"Records\":7}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "nonsense", "{\"Records\":[{}]}", "{\"Records\":[1]}"})
  void whatNobodyCouldReportIsRefusedAsAWhole(String event) {
    assertThatIllegalArgumentException().isThrownBy(() -> QueueBatch.read(event));
  }

  @Test
  void answersWithTheFailedMessagesAlone() {
    assertThat(BatchAnswer.failed(List.of())).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(BatchAnswer.failed(List.of("m-1", "m\"2")))
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"},"
                + "{\"itemIdentifier\":\"m\\\"2\"}]}");
  }
}
