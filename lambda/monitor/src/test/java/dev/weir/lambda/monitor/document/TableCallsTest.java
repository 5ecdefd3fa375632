// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.lambda.monitor.schedule.PlayedAws;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What DynamoDB says when it doesn't do as it is told; Local says little of it. */
class TableCallsTest {

  /** What is said to each call but the one that reads what is there. */
  private volatile PlayedAws.Answer answer = PlayedAws.Answer.ok("{}");

  private final PlayedAws aws =
      new PlayedAws(call ->
          call.operation().equals("BatchGetItem")
              ? PlayedAws.Answer.ok("{\"Responses\":{},\"UnprocessedKeys\":{}}")
              : answer);
  private final DynamoDbClient client = TestTables.client(aws.endpoint());
  private final DynamoDocuments documents =
      new DynamoDocuments(client, TestTables.REGION, "Sites", "Documents");

  @AfterEach
  void stop() {
    client.close();
    aws.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ResourceNotFoundException,NOT_FOUND,is not there",
    "ProvisionedThroughputExceededException,THROTTLED,takes no more calls",
    "RequestLimitExceeded,THROTTLED,takes no more calls",
    "ThrottlingException,THROTTLED,takes no more calls",
    "AccessDeniedException,DENIED,role",
    "UnrecognizedClientException,DENIED,role",
    "ExpiredTokenException,DENIED,role",
    "ValidationException,BAD_REQUEST,400 KB",
    "InternalServerError,UNAVAILABLE,InternalServerError",
    "SomethingNew,UNAVAILABLE,SomethingNew"
  })
  void givesEachFailureItsKindAndNamesTableAndRegion(String type, Kind kind, String words) {
    answer = PlayedAws.Answer.error(400, type);

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> documents.get(key("a")),
            () -> documents.list("notes", null, 10),
            () -> documents.apply(List.of(put("a"))),
            () -> documents.apply(List.of(put("a"), put("b"))))) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(kind);
                assertThat(e.getMessage())
                    .contains("table Documents of region eu-west-1", words)
                    .doesNotContain("as the test says");
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ThrottlingError,THROTTLED",
    "ProvisionedThroughputExceeded,THROTTLED",
    "ValidationError,BAD_REQUEST",
    "ItemCollectionSizeLimitExceeded,BAD_REQUEST",
    "SomethingNew,UNAVAILABLE"
  })
  void readsTheReasonsOfATransaction(String code, Kind kind) {
    cancelled(code);

    assertThatThrownBy(() -> documents.apply(List.of(put("a"), put("b"))))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    assertThat(aws.operations()).containsExactly("BatchGetItem", "TransactWriteItems");
  }

  @Test
  void looksAnewWhereOthersWereFasterUntilItGivesUp() {
    for (String code : List.of("ConditionalCheckFailed", "TransactionConflict")) {
      int before = aws.calls().size();
      cancelled(code);
      assertThatThrownBy(() -> documents.apply(List.of(put("a"), put("b"))))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.THROTTLED));
      assertThat(aws.calls()).hasSize(before + 2 * DynamoDocuments.ATTEMPTS_MAX);
    }
    answer = PlayedAws.Answer.error(400, "ConditionalCheckFailedException");
    assertThatThrownBy(() -> documents.apply(List.of(put("a"))))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.THROTTLED));
  }

  @Test
  void tellsATableThatCanNotBeReached() {
    aws.close();

    assertThatThrownBy(() -> documents.get(key("a")))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
              assertThat(e.getMessage()).contains("table Documents of region eu-west-1");
            });
  }

  @Test
  void refusesAnIdThatNoKeyOfATableHolds() {
    String longest = "\uffff".repeat(341);
    assertThat(documents.get(key(longest))).isEmpty();
    assertThatThrownBy(() -> documents.get(key(longest + "ab")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST))
        .hasMessageContaining("1025 bytes, at most 1024");
  }

  private void cancelled(String code) {
    answer =
        new PlayedAws.Answer(
            400,
            "TransactionCanceledException",
            "{\"CancellationReasons\":[{\"Code\":\"None\"},{\"Code\":\"%s\"}]}".formatted(code));
  }

  private static DocumentKey key(String id) {
    return new DocumentKey("notes", id);
  }

  private static DocumentEdit put(String id) {
    return new DocumentEdit.Put(key(id), "{}", DocumentEdit.ANY);
  }
}
