// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the stream brings: exactly the bad record is reported, the rest is done. */
class BadItemsTest {

  private static final String GOOD = Events.item("good", 1);

  private final Room room = new Room();

  private void isReportedAlone(String siteId, String item) {
    room.items.put("good", GOOD).put("last", Events.item("last", 1));
    assertThat(
            room.apply(
                new Events()
                    .insert("1", "good", GOOD)
                    .insert("2", siteId, item)
                    .insert("3", "last", Events.item("last", 1))))
        .containsExactly("2");
    assertThat(room.home.places()).containsExactly("default/good", "default/last");
    assertThat(room.refused).hasValue(1);
  }

  private void isBad(String item) {
    room.items.put("bad", item);
    isReportedAlone("bad", item);
  }

  @ParameterizedTest
  @ValueSource(strings = {"endpoint", "rate", "latencyConstraint", "testString"})
  void b4AnAttributeThatIsMissing(String name) {
    String item = Events.item("bad", 1);
    String without = item.replaceFirst("\"" + name + "\":\\{\"[SN]\":\"[^\"]*\"\\},", "");
    assertThat(without).isNotEqualTo(item);
    isBad(without);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"N\":\"0\"}",
        "{\"N\":\"1.5\"}",
        "{\"N\":\"-1\"}",
        "{\"N\":\"1441\"}",
        "{\"N\":\"1E99\"}",
        "{\"S\":\"often\"}",
        "{\"S\":\"\"}",
        "{\"BOOL\":true}",
        "{\"NULL\":true}",
        "{\"L\":[{\"N\":\"1\"}]}",
        "{\"M\":{}}",
        "{\"NS\":[\"1\"]}",
        "{\"B\":\"MQ==\"}"
      })
  void b4ARateThatIsNone(String rate) {
    isBad(Events.item("bad", rate, "\"eu-west-1\"", ""));
  }

  @Test
  void b4ARateThatIsATextOfANumberIsTheNumber() {
    String item = Events.item("shop", "{\"S\":\"1\"}", "\"eu-west-1\"", "");
    room.items.put("shop", item);
    assertThat(room.apply(new Events().insert("1", "shop", item))).isEmpty();
    assertThat(room.home.asked().get("default/shop")).startsWith("rate(1 minute)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"endpoint\":{\"N\":\"1\"}",
        "\"endpoint\":{\"S\":\"no url\"}",
        "\"latencyConstraint\":{\"S\":\"fast\"}",
        "\"testString\":{\"L\":[]}",
        "\"regions\":{\"S\":\"/../\"}",
        "\"enabled\":{\"S\":\"maybe\"}",
        "\"customer\":{\"S\":\"another\"}",
        "\"colour\":{\"S\":\"red\"}"
      })
  void anAttributeThatIsWrongOrUnknown(String attribute) {
    String name = attribute.substring(0, attribute.indexOf(':'));
    String item = Events.item("bad", 1).replaceFirst(name + ":\\{[^}]*\\},?", "");
    isBad(item.replaceFirst("\\{", "{" + attribute + ",").replace(",}", "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "two words",
        "-dash",
        "",
        "a/b/c",
        "/shop",
        "acme/",
        "default/shop",
        "..",
        "shop\\\"",
        "shop\\n",
        "caf\\u00e9"
      })
  void b4ASiteIdThatNoSiteCanHave(String siteId) {
    isReportedAlone(siteId, Events.item(siteId, 1));
  }

  @Test
  void b4ASiteIdOfSixtyThreeCharactersRuns() {
    String siteId = "x".repeat(63);
    room.items.put(siteId, Events.item(siteId, 1));
    assertThat(room.apply(new Events().insert("1", siteId, Events.item(siteId, 1)))).isEmpty();
    assertThat(room.home.places()).containsExactly("default/" + siteId);
  }

  @Test
  void b2QuotesAndLinesInEveryTextAreTexts() {
    String nasty = "a \\\"quote\\\", a \\\\ and a\\nline \\u2028 {}";
    String item =
        Events.item("shop", 1)
            .replace("{\"S\":\"shop\"},\"regions\"", "{\"S\":\"" + nasty + "\"},\"regions\"");
    room.items.put("shop", item);
    assertThat(room.apply(new Events().insert("1", "shop", item))).isEmpty();
    assertThat(room.home.asked().get("default/shop"))
        .contains("a \\\"quote\\\", a \\\\ and a\\nline");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"text\"",
        "[]",
        "null",
        "{}",
        "{\"eventSource\":\"aws:dynamodb\",\"eventName\":\"INSERT\"}",
        "{\"eventSource\":\"aws:dynamodb\",\"eventName\":\"INSERT\",\"dynamodb\":7}",
        "{\"eventSource\":\"aws:dynamodb\",\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"SiteId\":{\"S\":\"a\"}}}}"
      })
  void aRecordWithoutANumberFailsTheBatchOnceAllOthersAreDone(String record) {
    room.items.put("good", GOOD);
    StreamChanges.Result result =
        room.changes.apply(new Events().raw(record).insert("2", "good", GOOD).event(), Room.LATER);
    assertThat(result.unreportable()).isEqualTo(1);
    assertThat(room.home.places()).containsExactly("default/good");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> result.answer())
        .withMessageContaining("SequenceNumber");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Keys\":{\"Other\":{\"S\":\"a\"}}",
        "\"Keys\":{\"SiteId\":{\"N\":\"1\"}}",
        "\"Keys\":\"SiteId\"",
        "\"Keys\":{\"SiteId\":{\"S\":\"a\"}},\"NewImage\":[]",
        "\"Keys\":{\"SiteId\":{\"S\":\"a\"}},\"NewImage\":{\"SiteId\":\"a\"}",
        "\"Keys\":{\"SiteId\":{\"S\":\"a\"}},\"NewImage\":{\"SiteId\":{}}",
        "\"Keys\":{\"SiteId\":{\"S\":\"a\"}},\"NewImage\":{\"rate\":{\"N\":1}}",
        "\"Keys\":{\"SiteId\":{\"S\":\"a\"}},\"NewImage\":{\"rate\":{\"X\":\"1\"}}",
        "\"Keys\":{\"SiteId\":{\"S\":\"a\"}},\"NewImage\":{\"rate\":{\"N\":\"1\",\"S\":\"1\"}}",
        "\"Keys\":{\"SiteId\":{\"S\":\"a\"}},\"NewImage\":{\"body\":{\"B\":\"%%\"}}",
        "\"Keys\":{\"SiteId\":{\"S\":\"a\"}},\"OldImage\":{\"a\":{\"M\":{\"b\":{\"L\":[{\"M\":{\"c\":7}}]}}}}"
      })
  void aRecordThatIsNoChangeOfTheTableIsReportedAlone(String change) {
    room.items.put("good", GOOD);
    assertThat(
            room.apply(
                new Events()
                    .raw(
                        "{\"eventSource\":\"aws:dynamodb\",\"eventName\":\"INSERT\",\"dynamodb\":{%s,\"SequenceNumber\":\"1\"}}"
                            .formatted(change))
                    .insert("2", "good", GOOD)))
        .containsExactly("1");
    assertThat(room.home.places()).containsExactly("default/good");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INSERTED", "insert", ""})
  void aRecordOfAnotherKindIsReportedAlone(String name) {
    assertThat(room.apply(new Events().record("1", name, "shop", null, GOOD))).containsExactly("1");
  }

  @Test
  void aRecordOfAnotherSourceIsReportedAlone() {
    assertThat(
            room.apply(
                new Events()
                    .raw(
                        "{\"eventSource\":\"aws:sqs\",\"eventName\":\"INSERT\",\"dynamodb\":{\"SequenceNumber\":\"1\",\"Keys\":{\"SiteId\":{\"S\":\"a\"}}}}")))
        .containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "{", "{}", "{\"Records\":{}}", "{\"records\":[]}"})
  void whatIsNoEventFailsAsAWhole(String event) {
    assertThatIllegalArgumentException().isThrownBy(() -> StreamEvent.read(event.getBytes(UTF_8)));
  }

  @Test
  void theAnswerNamesRecordsAsLambdaReadsThem() {
    assertThat(new StreamChanges.Result(List.of("1", "2"), 0).answer())
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"},{\"itemIdentifier\":\"2\"}]}");
    assertThat(new StreamChanges.Result(List.of(), 0).answer())
        .isEqualTo("{\"batchItemFailures\":[]}");
  }
}
