// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import static dev.weir.store.timestream.query.AnswerText.NULL;
import static dev.weir.store.timestream.query.AnswerText.answer;
import static dev.weir.store.timestream.query.AnswerText.array;
import static dev.weir.store.timestream.query.AnswerText.bytes;
import static dev.weir.store.timestream.query.AnswerText.column;
import static dev.weir.store.timestream.query.AnswerText.page;
import static dev.weir.store.timestream.query.AnswerText.point;
import static dev.weir.store.timestream.query.AnswerText.row;
import static dev.weir.store.timestream.query.AnswerText.rowValue;
import static dev.weir.store.timestream.query.AnswerText.scalar;
import static dev.weir.store.timestream.query.AnswerText.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageReaderTest {

  private static final String VARCHAR = "{'ScalarType':'VARCHAR'}";
  private static final String DOUBLE = "{'ScalarType':'DOUBLE'}";
  private static final String SERIES =
      "{'TimeSeriesMeasureValueColumnInfo':{'Name':null,'Type':" + DOUBLE + "}}";

  @Test
  void keepsEveryScalarAsItWasPrinted() {
    keeps(Scalar.VARCHAR, "it is ü €  \uD83D\uDE00", "");
    keeps(Scalar.BOOLEAN, "true", "false");
    keeps(Scalar.BIGINT, "-9223372036854775808", "9223372036854775807", "0", "-12", "7");
    keeps(Scalar.INTEGER, "1", "-1");
    keeps(
        Scalar.DOUBLE,
        "1.6554878837710001E9",
        "34.840635191284385",
        "-0.0",
        "NaN",
        "-Infinity",
        "Infinity",
        "4.9E-324",
        "1.7976931348623157E308",
        "9.007199254740992E15");
    keeps(
        Scalar.TIMESTAMP,
        "2026-03-10 12:00:00.000000001",
        "1970-01-01 00:00:00.000000000",
        "2024-02-29 23:59:59.999999999",
        "1677-09-21 00:12:44.000000000",
        "2262-04-11 23:47:16.854775807");
    keeps(Scalar.DATE, "2020-08-08", "1970-01-01");
    keeps(Scalar.TIME, "01:00:00.000000000", "23:59:59.999999999");
    keeps(Scalar.INTERVAL_DAY_TO_SECOND, "1 21:00:00.000000000", "-1 02:00:00.000000000");
    keeps(Scalar.INTERVAL_YEAR_TO_MONTH, "2-7", "-0-8");
  }

  private static void keeps(Scalar type, String... texts) {
    List<String> values =
        Stream.concat(Stream.of(NULL), Stream.of(texts).map(AnswerText::scalar)).toList();
    ResultPage page = page("{'ScalarType':'" + type + "'}", values);
    assertThat(page.columns().getFirst().type()).isEqualTo(type);
    assertThat(page.columns().getFirst().values().isNull(0)).isTrue();
    for (int i = 0; i < texts.length; i++) {
      assertThat(page.columns().getFirst().values().isNull(i + 1)).isFalse();
      assertThat(text(page, i + 1)).isEqualTo(texts[i]);
    }
  }

  @Test
  void readsTextsWithEscapes() {
    ResultPage page = page(VARCHAR, List.of("{'ScalarValue':'a\\u0022b\\\\\\n\\/\\uD83D\\uDE00'}"));
    assertThat(text(page, 0)).isEqualTo("a\"b\\\n/\uD83D\uDE00");
  }

  @Test
  void keepsEachTextOfAColumnOnce() {
    ResultPage page =
        page(VARCHAR, List.of(scalar("a"), scalar("b"), NULL, scalar("a"), scalar("a")));
    ColumnVector.Strings texts = (ColumnVector.Strings) page.columns().getFirst().values();
    assertThat(texts.dictionary()).containsExactly("a", "b");
    assertThat(texts.codes()).containsExactly(0, 1, -1, 0, 0);
  }

  @Test
  void aBareNullHasTheTypeUnknown() {
    ResultPage page = page("{'ScalarType':'UNKNOWN'}", List.of(NULL));
    assertThat(page.columns().getFirst().type()).isEqualTo(Scalar.UNKNOWN);
    assertThat(text(page, 0)).isEqualTo("null");
  }

  @Test
  void buildsArraysOfRowsAsShowMeasuresHasThem() {
    String row =
        "{'RowColumnInfo':["
            + column("dimension_name", VARCHAR)
            + ","
            + column("data_type", VARCHAR)
            + "]}";
    String type = "{'ArrayColumnInfo':{'Type':" + row + "}}";
    String two = array(rowValue(scalar("host"), scalar("varchar")), rowValue(scalar("rack"), NULL));

    ResultPage page = page(type, List.of(two, NULL, array(), array(NULL)));

    assertThat(page.columns().getFirst().type())
        .isEqualTo(
            new ValueType.ArrayOf(
                new ValueType.RowOf(
                    List.of(
                        new ValueType.Field("dimension_name", Scalar.VARCHAR),
                        new ValueType.Field("data_type", Scalar.VARCHAR)))));
    assertThat(text(page, 0)).isEqualTo("[(host, varchar), (rack, null)]");
    assertThat(text(page, 1)).isEqualTo("null");
    assertThat(text(page, 2)).isEqualTo("[]");
    assertThat(text(page, 3)).isEqualTo("[null]");
  }

  @Test
  void buildsTimeSeriesOfEveryTypeThatTheyMayHave() {
    series("DOUBLE", "1.5", "-2.0E-10");
    series("BIGINT", "12", "-9223372036854775808");
    series("BOOLEAN", "true", "false");
    series("VARCHAR", "up", "down");
  }

  private static void series(String type, String first, String second) {
    String datum =
        "{'TimeSeriesValue':["
            + point("2026-03-10 12:00:00.000000000", scalar(first))
            + ","
            // Members come in any order.
            + "{'Value':"
            + scalar(second)
            + ",'Time':'2026-03-10 12:00:01.000000000'},"
            + point("2026-03-10 12:00:02.000000003", NULL)
            + "]}";
    String info = "{'TimeSeriesMeasureValueColumnInfo':{'Type':{'ScalarType':'" + type + "'}}}";

    ResultPage page = page(info, List.of(NULL, datum, "{'TimeSeriesValue':[]}"));

    assertThat(page.columns().getFirst().type())
        .isEqualTo(new ValueType.TimeSeriesOf(Scalar.valueOf(type)));
    assertThat(text(page, 0)).isEqualTo("null");
    assertThat(text(page, 1))
        .isEqualTo(
            "[{2026-03-10 12:00:00.000000000, %s}, {2026-03-10 12:00:01.000000000, %s}, {2026-03-10 12:00:02.000000003, null}]"
                .formatted(first, second));
    assertThat(text(page, 2)).isEqualTo("[]");
  }

  @Test
  void aPageMayHaveNoRows() {
    ResultPage page = page("{'ScalarType':'BIGINT'}", List.of());
    assertThat(page.rowCount()).isZero();
    assertThat(page.columns()).hasSize(1);
  }

  @Test
  void growsToAnySizeOfPage() {
    String series =
        "{'TimeSeriesValue':["
            + String.join(
                ",",
                Collections.nCopies(1_000, point("2026-03-10 12:00:00.000000000", scalar("1.5"))))
            + "]}";
    ResultPage page = page(SERIES, Collections.nCopies(50, series));
    ColumnVector.TimeSeries values = (ColumnVector.TimeSeries) page.columns().getFirst().values();
    assertThat(values.offsets()[50]).isEqualTo(50_000);
    assertThat(values.epochNanos()).hasSize(50_000).doesNotContain(0);
    assertThat(((ColumnVector.Doubles) values.values()).values()).hasSize(50_000).containsOnly(1.5);
  }

  @Test
  void readsMembersInWhateverOrderTheyCome() {
    String columns = "'ColumnInfo':[" + column("a", VARCHAR) + "," + column("b", DOUBLE) + "]";
    String rows = "'Rows':[" + row(List.of(scalar("x"), scalar("1.5"))) + "]";
    String rest = "'QueryId':'Q','QueryStatus':{'CumulativeBytesScanned':5},'NextToken':'t'";
    for (String text :
        List.of(
            columns + "," + rows + "," + rest,
            rows + "," + columns + "," + rest,
            rest + "," + rows + " ,\n " + columns)) {
      AnswerOutline answer = AnswerOutline.of(bytes("{" + text + "}"));
      assertThat(PageReader.queryId(answer)).isEqualTo("Q");
      assertThat(PageReader.nextToken(answer)).isEqualTo("t");
      assertThat(PageReader.page(answer, "Q", "t").scannedBytes()).isEqualTo(5);
      assertThat(PageReader.result(answer).columns())
          .extracting(ResultPage.Column::name)
          .containsExactly("a", "b");
    }
  }

  @Test
  void passesOverWhatItDoesNotKnow() {
    String row =
        "{'New':{'x':[1,2]},'Data':[{'Hint':[{}],'NullValue':false,'ArrayValue':null,'ScalarValue':'1.5'}]}";
    byte[] answer =
        bytes(
            "{'Insights':{'a':'}]'},'QueryId':'Q','NextToken':null,'ColumnInfo':[{'Unit':'s','Name':'v',"
                + "'Type':{'RowColumnInfo':[],'ScalarType':'DOUBLE','ArrayColumnInfo':null}}],"
                + "'Rows':["
                + row
                + "]}");
    ResultPage page = PageReader.result(AnswerOutline.of(answer));
    assertThat(text(page, 0)).isEqualTo("1.5");
    assertThat(PageReader.nextToken(AnswerOutline.of(answer))).isNull();
  }

  @Test
  void readsBareNumbersAsStandInsForTimestreamWriteThem() {
    ResultPage page = page(DOUBLE, List.of("{'ScalarValue':1.5}"));
    assertThat(text(page, 0)).isEqualTo("1.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "",
        "{",
        "{'QueryId':'Q",
        "{'QueryId':'Q','Rows':[],'ColumnInfo':[}",
        "{'QueryId':'Q','ColumnInfo':[]}",
        "{'QueryId':'Q','Rows':[]}",
        "{'QueryId':'Q','ColumnInfo':{},'Rows':[]}",
        "{'QueryId':'Q','ColumnInfo':[{'Name':'c'}],'Rows':[]}",
        "{'QueryId':'Q','ColumnInfo':[{'Name':'c','Type':{}}],'Rows':[]}",
        "{'QueryId':'Q','ColumnInfo':[{'Name':'c','Type':{'ScalarType':'GEO'}}],'Rows':[]}",
        "{'QueryId':'Q','ColumnInfo':[],'Rows':{}}",
        "{'QueryId':'Q','ColumnInfo':[],'Rows':[{}]}",
        "{'QueryId':'Q','ColumnInfo':[],'Rows':[{'Data':[{'NullValue':true}]}]}"
      })
  void refusesWhatIsNoAnswer(String text) {
    refused(bytes(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'NullValue':false}",
        "{'RowValue':{'Data':[]}}",
        "{'ScalarValue':'x'}",
        "{'ScalarValue':['1']}",
        "{'ScalarValue':'1','ScalarValue':'2'}",
        "{'ScalarValue':'1','NullValue':true}",
        "{'ScalarValue':'1'}, {'ScalarValue':'2'}",
        ""
      })
  void refusesACellThatIsNotOneValueOfItsType(String datum) {
    refused(answer(column("c", DOUBLE), "{'Data':[" + datum + "]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Time':'2026-03-10 12:00:00.000000000'}",
        "{'Value':{'ScalarValue':'1'}}",
        "{'Time':'2026-03-10T12:00:00','Value':{'ScalarValue':'1'}}",
        "{'Time':'2026-03-10"
            + " 12:00:00.000000000','Value':{'ScalarValue':'1'},'Value':{'ScalarValue':'1'}}",
        "{'Time':'2026-02-30 12:00:00.000000000','Value':{'ScalarValue':'1'}}"
      })
  void refusesAPointThatIsNotOneTimeAndOneValue(String point) {
    refused(answer(column("c", SERIES), row(List.of("{'TimeSeriesValue':[" + point + "]}"))));
  }

  @Test
  void refusesTypesThatNestTooDeep() {
    String type = VARCHAR;
    for (int i = 0; i < TypeReader.DEPTH_MAX; i++) {
      type = "{'ArrayColumnInfo':{'Type':" + type + "}}";
    }
    refused(answer(column("c", type), ""));
    assertThat(page("{'ArrayColumnInfo':{'Type':" + VARCHAR + "}}", List.of()).rowCount()).isZero();
  }

  @Test
  void refusesMoreFieldsThanAResultMayHave() {
    String fields =
        String.join(",", Collections.nCopies(TypeReader.FIELDS_MAX, column("f", VARCHAR)));
    refused(answer(column("c", "{'RowColumnInfo':[" + fields + "]}"), ""));
  }

  @Test
  void refusesRowsOfNothingThatWouldTakeMuchMemory() {
    int width = 1_000;
    String fields = String.join(",", Collections.nCopies(width, column("f", VARCHAR)));
    String type = "{'RowColumnInfo':[" + fields + "]}";
    int most = CellCount.EMPTY_MAX / width;
    assertThat(page(type, Collections.nCopies(10, NULL)).rowCount()).isEqualTo(10);
    refused(
        answer(
            column("c", type),
            String.join(",", Collections.nCopies(most + 1, row(List.of(NULL))))));
  }

  @Test
  void refusesAnAnswerThatIsTooLong() {
    assertThatThrownBy(() -> AnswerOutline.of(new byte[AnswerOutline.BYTES_MAX + 1]))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("16,777,217 bytes")
        .hasMessageContaining("16,777,216");
  }

  private static void refused(byte[] answer) {
    assertThatThrownBy(
            () -> {
              AnswerOutline outline = AnswerOutline.of(answer);
              PageReader.queryId(outline);
              PageReader.result(outline);
            })
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERNAL))
        .hasMessageStartingWith("Timestream's answer can't be read: ");
  }
}
