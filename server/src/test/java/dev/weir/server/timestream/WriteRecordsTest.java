// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteRecordsTest {

  private static final String HOST = "'Dimensions':[{'Name':'host','Value':'a'}],";
  private static final String CPU = HOST + "'MeasureName':'cpu',";
  private static final Series SERIES = Series.of("cpu", List.of(new Dimension("host", "a")));

  private final Desk desk = new Desk().open();

  @BeforeEach
  void makeTables() {
    desk.call("CreateDatabase", "{'DatabaseName':'metrics'}");
    desk.call("CreateTable", "{'DatabaseName':'metrics','TableName':'cpu'}");
    desk.call("CreateTable", "{'DatabaseName':'metrics','TableName':'own'}");
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void aRecordHasTheDocumentedDefaults() {
    Desk.Answer answer = write("{" + CPU + "'MeasureValue':'1.5','Time':'1773144000000'}");
    assertThat(answer.body())
        .isEqualTo("{'RecordsIngested':{'Total':1,'MemoryStore':1,'MagneticStore':0}}");
    assertThat(desk.points.points())
        .containsExactly(
            new Point(SERIES, 1_773_144_000_000_000_000L, new Measure.OfDouble(1.5), 1));
    assertThat(desk.points.calls().getFirst().table()).isEqualTo(new TableName("metrics", "cpu"));
    assertThat(desk.points.calls().getFirst().deadline()).isAfter(desk.clock.instant());
  }

  @Test
  void whatIsOlderThanTheMemoryRetentionIsCountedAsMagnetic() {
    try (Desk magnetic =
        new Desk().writer((_, batch, _) -> new WriteOutcome(batch.size(), 0, 1, List.of()))) {
      magnetic.open();
      magnetic.call("CreateDatabase", "{'DatabaseName':'metrics'}");
      magnetic.call("CreateTable", "{'DatabaseName':'metrics','TableName':'cpu'}");
      String record = "{" + CPU + "'MeasureValue':'1','Time':'1'}";
      assertThat(
              magnetic
                  .call("WriteRecords", call("'Records':[" + record + "," + record + "]"))
                  .body())
          .isEqualTo("{'RecordsIngested':{'Total':2,'MemoryStore':1,'MagneticStore':1}}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MILLISECONDS, 1773144000123, 1773144000123000000",
    "SECONDS, 1773144000, 1773144000000000000",
    "MICROSECONDS, 1773144000123456, 1773144000123456000",
    "NANOSECONDS, 1773144000123456789, 1773144000123456789",
    "NANOSECONDS, 0, 0"
  })
  void takesEveryUnitOfTime(String unit, String time, long nanos) {
    write("{%s'MeasureValue':'1','Time':'%s','TimeUnit':'%s'}".formatted(CPU, time, unit));
    assertThat(desk.points.points().getFirst().epochNanos()).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource({
    "MILLISECONDS, -1",
    "NANOSECONDS, -9223372036854775808",
    "SECONDS, 9223372037",
    "MILLISECONDS, 9223372036855",
    "NANOSECONDS, 9223372036854775808",
    "MILLISECONDS, 1.5",
    "MILLISECONDS, 2026-03-10",
    "MILLISECONDS, ' 1'",
    "MILLISECONDS, ١٧٧٣١٤٤"
  })
  void whatIsNoTimeFailsTheWholeCall(String unit, String time) {
    Desk.Answer answer =
        write(
            "{%s'MeasureValue':'1','Time':'5'}".formatted(CPU),
            "{%s'MeasureValue':'1','Time':'%s','TimeUnit':'%s'}".formatted(CPU, time, unit));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            Desk.error("ValidationException", "Invalid time for record. (records.2.member.time)"));
    assertThat(desk.points.points()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DOUBLE, 1",
    "DOUBLE, -0.5",
    "DOUBLE, 1e3",
    "DOUBLE, +1.5E-7",
    "DOUBLE, .5",
    "DOUBLE, 5.",
    "BIGINT, -9223372036854775808",
    "BIGINT, 9223372036854775807",
    "BOOLEAN, true",
    "BOOLEAN, FALSE",
    "VARCHAR, x"
  })
  void takesValuesOfTheirType(String type, String value) {
    write("{%s'MeasureValue':'%s','MeasureValueType':'%s','Time':'1'}".formatted(CPU, value, type));
    Measure measure = desk.points.points().getFirst().measure();
    Measure expected =
        switch (type) {
          case "DOUBLE" -> new Measure.OfDouble(Double.parseDouble(value));
          case "BIGINT" -> new Measure.OfBigint(Long.parseLong(value));
          case "BOOLEAN" -> new Measure.OfBoolean(Boolean.parseBoolean(value));
          default -> new Measure.OfVarchar(value);
        };
    assertThat(measure).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "DOUBLE, NaN",
    "DOUBLE, Infinity",
    "DOUBLE, -Infinity",
    "DOUBLE, 1e999",
    "DOUBLE, 0x1p3",
    "DOUBLE, 1d",
    "DOUBLE, 1f",
    "DOUBLE, ' 1'",
    "DOUBLE, .",
    "DOUBLE, e5",
    "DOUBLE, 1e",
    "DOUBLE, -",
    "DOUBLE, '1,5'",
    "BIGINT, 9223372036854775808",
    "BIGINT, 1.0",
    "BIGINT, one",
    "BIGINT, ٣",
    "BIGINT, +",
    "BOOLEAN, 1",
    "BOOLEAN, yes"
  })
  void whatIsNoValueOfItsTypeFailsTheWholeCall(String type, String value) {
    Desk.Answer answer =
        write(
            "{%s'MeasureValue':'1','Time':'1'}".formatted(CPU),
            "{%s'MeasureValue':'%s','MeasureValueType':'%s','Time':'2'}"
                .formatted(CPU, value, type));
    assertThat(answer.body())
        .isEqualTo(
            Desk.error(
                "ValidationException",
                "The value '%s' is no %s. (records.2.member.measureValue)".formatted(value, type)));
    assertThat(desk.points.points()).isEmpty();
  }

  @Test
  void aMultiRecordHoldsNamedValuesOfEveryType() {
    write(
        "{"
            + HOST
            + "'MeasureName':'m','MeasureValueType':'MULTI','Time':'7','TimeUnit':'SECONDS',"
            + "'Version':3,'MeasureValues':[{'Name':'d','Value':'1.5','Type':'DOUBLE'},"
            + "{'Name':'n','Value':'2','Type':'BIGINT'},{'Name':'b','Value':'true','Type':'BOOLEAN'},"
            + "{'Name':'v','Value':'text','Type':'VARCHAR'},"
            + "{'Name':'t','Value':'9','Type':'TIMESTAMP'}]}");
    Point point = desk.points.points().getFirst();
    assertThat(point.version()).isEqualTo(3);
    assertThat(point.epochNanos()).isEqualTo(7_000_000_000L);
    assertThat(point.measure())
        .isEqualTo(
            new Measure.OfMulti(
                List.of(
                    new Measure.Named("d", new Measure.OfDouble(1.5)),
                    new Measure.Named("n", new Measure.OfBigint(2)),
                    new Measure.Named("b", new Measure.OfBoolean(true)),
                    new Measure.Named("v", new Measure.OfVarchar("text")),
                    new Measure.Named("t", new Measure.OfTimestamp(9_000_000_000L)))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'MeasureValueType':'MULTI'|go together",
        "'MeasureValueType':'MULTI','MeasureValues':[]|go together",
        "'MeasureValueType':'MULTI','MeasureValue':'1'|go together",
        "'MeasureValues':[{'Name':'a','Value':'1','Type':'DOUBLE'}]|go together",
        "'MeasureValueType':'MULTI','MeasureValue':'1','MeasureValues':"
            + "[{'Name':'a','Value':'1','Type':'DOUBLE'}]|has no MeasureValue",
        "'MeasureValueType':'MULTI','MeasureValues':[{'Name':'a','Value':'1','Type':'DOUBLE'},"
            + "{'Name':'a','Value':'2','Type':'DOUBLE'}]|is there twice",
        "'MeasureValueType':'MULTI','MeasureValues':[{'Name':'a','Value':'x','Type':'DOUBLE'}]"
            + "|is no DOUBLE",
        "'MeasureValueType':'MULTI','MeasureValues':[{'Name':'a','Value':'1','Type':'MULTI'}]"
            + "|Member must satisfy enum value set",
        "'MeasureValueType':'MULTI','MeasureValues':[{'Name':'a','Value':'1'}]"
            + "|Value null at 'records.1.member.measureValues.type'",
        "'MeasureValueType':'TIMESTAMP','MeasureValue':'1'|allowed only inside MeasureValues",
        "'MeasureValueType':'INTEGER','MeasureValue':'1'|Member must satisfy enum value set",
        "'MeasureValue':''|Member must have length greater than or equal to 1",
        "'MeasureValue':null|has no measure value",
        "'MeasureValue':'1','TimeUnit':'HOURS'|Member must satisfy enum value set",
        "'MeasureValue':'1','Version':0|Member must have value greater than or equal to 1"
      })
  void whatBreaksARuleOfTheModelFailsTheWholeCall(String members, String message) {
    Desk.Answer answer =
        write(
            "{" + CPU + "'MeasureValue':'1','Time':'1'}",
            "{" + CPU + "'Time':'2'," + members + "}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("ValidationException");
    assertThat(answer.body()).contains(message.replace(".1.member", ".2.member"));
    assertThat(desk.points.points()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Name':'host','Value':'b'}|The dimension host is there more than once.",
        "{'Name':'zone','Value':''}|The dimension zone has an empty value; leave it out.",
        "{'Name':'','Value':'b'}|Value '' at 'records.1.member.dimensions.2.member.name'",
        "{'Name':'zone'}|Value null at 'records.1.member.dimensions.2.member.value'",
        "{'Name':'zone','Value':'b','DimensionValueType':'BIGINT'}|enum value set: [VARCHAR]"
      })
  void dimensionsAreJudged(String dimension, String message) {
    Desk.Answer answer =
        write(
            "{'Dimensions':[{'Name':'host','Value':'a'},"
                + dimension
                + "],'MeasureName':'m',"
                + "'MeasureValue':'1','Time':'1'}");
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("ValidationException");
    assertThat(answer.body()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void commonAttributesAreMergedWhereverTheyStand(boolean first) {
    String common =
        "'CommonAttributes':{'Dimensions':[{'Name':'zone','Value':'z'}],'MeasureName':'cpu',"
            + "'MeasureValueType':'BIGINT','Time':'5','TimeUnit':'SECONDS','Version':9}";
    String records =
        "'Records':[{"
            + HOST
            + "'MeasureValue':'1'},{"
            + HOST
            + "'MeasureName':'mem','MeasureValue':'2.5','MeasureValueType':'DOUBLE','Time':'6',"
            + "'TimeUnit':'MILLISECONDS','Version':1}]";
    Desk.Answer answer =
        desk.call("WriteRecords", call(first ? common + "," + records : records + "," + common));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<Dimension> both = List.of(new Dimension("host", "a"), new Dimension("zone", "z"));
    assertThat(desk.points.points())
        .containsExactly(
            new Point(Series.of("cpu", both), 5_000_000_000L, new Measure.OfBigint(1), 9),
            new Point(Series.of("mem", both), 6_000_000L, new Measure.OfDouble(2.5), 1));
  }

  @Test
  void commonMeasureValuesJoinThoseOfARecord() {
    desk.call(
        "WriteRecords",
        call(
            "'CommonAttributes':{'MeasureName':'m','MeasureValueType':'MULTI','Time':'1',"
                + "'MeasureValues':[{'Name':'a','Value':'1','Type':'BIGINT'}]},'Records':[{"
                + HOST
                + "'MeasureValues':[{'Name':'b','Value':'2','Type':'BIGINT'}]}]"));
    assertThat(desk.points.points().getFirst().measure())
        .isEqualTo(
            new Measure.OfMulti(
                List.of(
                    new Measure.Named("a", new Measure.OfBigint(1)),
                    new Measure.Named("b", new Measure.OfBigint(2)))));
  }

  @Test
  void aDimensionInBothPlacesFailsTheWholeCall() {
    Desk.Answer answer =
        desk.call(
            "WriteRecords",
            call(
                "'CommonAttributes':{'Dimensions':[{'Name':'host','Value':'b'}]},'Records':[{"
                    + CPU
                    + "'MeasureValue':'1','Time':'1'}]"));
    assertThat(answer.body())
        .contains("The dimension host is there more than once. (records.1.member.dimensions)");
  }

  @Test
  void aCallHasOneToAHundredRecords() {
    String record = "{" + CPU + "'MeasureValue':'1','Time':'1'}";
    assertThat(desk.call("WriteRecords", call("'Records':[]")).body())
        .contains(
            "1 validation error detected: Value '[0 members]' at 'records' failed to satisfy"
                + " constraint: Member must have length greater than or equal to 1");
    assertThat(desk.call("WriteRecords", call("'X':1")).body()).contains("Value null at 'records'");
    String hundred = record + ("," + record).repeat(99);
    assertThat(desk.call("WriteRecords", call("'Records':[" + hundred + "]")).status())
        .isEqualTo(200);
    assertThat(desk.call("WriteRecords", call("'Records':[" + hundred + "," + record + "]")).body())
        .contains(
            "at 'records' failed to satisfy constraint: Member must have length less than or equal"
                + " to 100");
  }

  @Test
  void aRecordOver2KbIsRejectedAloneAndIndexesFollowTheCall() {
    desk.points.rejectNext(
        List.of(new Rejection(1, Reason.CONFLICT, "a higher version is required", 200L)));
    String large =
        "{"
            + CPU
            + "'MeasureValueType':'VARCHAR','Time':'1','MeasureValue':'"
            + "x".repeat(2_048)
            + "'}";
    String small = "{" + CPU + "'MeasureValue':'1','Time':'%d'}";
    Desk.Answer answer =
        write(small.formatted(1), large, small.formatted(2), large, small.formatted(3));
    assertThat(answer.status()).isEqualTo(419);
    assertThat(answer.body())
        .isEqualTo(
            "{'__type':'com.amazonaws.timestream.v20181101#RejectedRecordsException','Message':"
                + "'One or more records have been rejected. See RejectedRecords for details.',"
                + "'RejectedRecords':[{'RecordIndex':1,'Reason':"
                + "'The record has 2064 bytes; a record has at most 2048.'},{'RecordIndex':2,"
                + "'Reason':'a higher version is required','ExistingVersion':200},"
                + "{'RecordIndex':3,'Reason':"
                + "'The record has 2064 bytes; a record has at most 2048.'}]}");
    assertThat(desk.points.points()).hasSize(3);
  }

  @Test
  void weirsOwnTablesHaveNoLimitForARecordAsAWhole() {
    Desk.Answer answer =
        desk.call(
            "WriteRecords",
            "{'DatabaseName':'metrics','TableName':'own','Records':[{"
                + CPU
                + "'MeasureValueType':'VARCHAR','Time':'1','MeasureValue':'"
                + "x".repeat(2_048)
                + "'}]}");
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void theStoresFailuresAreErrorsOfTheProtocol() {
    Kind[] kinds = {
      Kind.NOT_FOUND,
      Kind.THROTTLED,
      Kind.UNAVAILABLE,
      Kind.TIMED_OUT,
      Kind.QUOTA,
      Kind.DENIED,
      Kind.WRONG_ENDPOINT,
      Kind.INTERNAL,
      Kind.CONFLICT,
      Kind.BAD_REQUEST
    };
    int[] statuses = {404, 429, 500, 500, 402, 403, 421, 500, 409, 400};
    for (int i = 0; i < kinds.length; i++) {
      desk.points.failNext(new StoreException(kinds[i], "why"));
      Desk.Answer answer = write("{" + CPU + "'MeasureValue':'1','Time':'1'}");
      assertThat(answer.status()).as(kinds[i].name()).isEqualTo(statuses[i]);
      assertThat(answer.body()).contains("'Message':'why'");
    }
  }

  @Test
  void aTableThatIsNotThereIsNotFound() {
    String records = "'Records':[{" + CPU + "'MeasureValue':'1','Time':'1'}]}";
    assertThat(
            desk.call("WriteRecords", "{'DatabaseName':'nope','TableName':'cpu'," + records).body())
        .isEqualTo(Desk.error("ResourceNotFoundException", "The database nope does not exist."));
    assertThat(
            desk.call("WriteRecords", "{'DatabaseName':'metrics','TableName':'nope'," + records)
                .body())
        .isEqualTo(Desk.error("ResourceNotFoundException", "The table nope does not exist."));
  }

  @Test
  void textsKeepWhatIsBeyondAscii() {
    write(
        "{'Dimensions':[{'Name':'ort','Value':'Zürich \\ud83d\\ude00 東'}],'MeasureName':'m',"
            + "'MeasureValue':'1','Time':'1'}");
    assertThat(desk.points.points().getFirst().series().dimension("ort"))
        .isEqualTo("Zürich \ud83d\ude00 東");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Dimensions':[{'Name':'h','Value':'\\ud800'}],'MeasureName':'m','MeasureValue':'1',"
            + "'Time':'1'}",
        "{'Dimensions':{},'MeasureName':'m'}",
        "{'Dimensions':[1]}",
        "{'Time':17}",
        "{'Version':'1'}",
        "{'Version':1.5}",
        "{'Version':9223372036854775808}",
        "{'MeasureValue':1.5}",
        "{'MeasureValues':[[]]}",
        "17",
        "null"
      })
  void wrongTypesAreASerializationException(String record) {
    Desk.Answer answer = write(record);
    assertThat(answer.header("x-amzn-errortype"))
        .as(answer.body())
        .isEqualTo("SerializationException");
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void deepNestingInARecordIsASerializationException() {
    Desk.Answer answer = write("{'Later':" + "[".repeat(1_000) + "]".repeat(1_000) + "}");
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("SerializationException");
  }

  @Test
  void aCutOffBodyIsASerializationExceptionAndNothingIsStored() {
    byte[] whole =
        call("'Records':[{" + CPU + "'MeasureValue':'1','Time':'1'}]")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      Desk.Answer answer = desk.call("WriteRecords", java.util.Arrays.copyOf(whole, length));
      assertThat(answer.header("x-amzn-errortype")).isEqualTo("SerializationException");
    }
    assertThat(desk.points.points()).isEmpty();
  }

  private Desk.Answer write(String... records) {
    return desk.call("WriteRecords", call("'Records':[" + String.join(",", records) + "]"));
  }

  private static String call(String members) {
    return "{'DatabaseName':'metrics','TableName':'cpu'," + members + "}";
  }
}
