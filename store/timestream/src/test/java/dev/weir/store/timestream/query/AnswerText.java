// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.query.ResultPage;
import dev.weir.query.ValueText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers of Query as JSON, written with single quotes where Timestream has double ones. */
final class AnswerText {

  static final String NULL = "{'NullValue':true}";

  private AnswerText() {}

  static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  /** An answer without a further page. */
  static byte[] answer(String columnInfo, String rows) {
    return bytes("{'QueryId':'AQ1','ColumnInfo':[" + columnInfo + "],'Rows':[" + rows + "]}");
  }

  /** An answer of VARCHAR columns; a row is its cells with bars between. */
  static byte[] texts(String nextToken, String... rows) {
    int width = rows.length == 0 ? 1 : rows[0].split("\\|").length;
    String columns =
        Stream.generate(() -> column("c", "{'ScalarType':'VARCHAR'}"))
            .limit(width)
            .collect(Collectors.joining(","));
    String cells =
        Stream.of(rows)
            .map(row -> row(Stream.of(row.split("\\|")).map(AnswerText::scalar).toList()))
            .collect(Collectors.joining(","));
    String token = nextToken.isEmpty() ? "" : "'NextToken':'" + nextToken + "',";
    return bytes(
        "{'ColumnInfo':["
            + columns
            + "],"
            + token
            + "'QueryId':'AQ1','QueryStatus':{'CumulativeBytesScanned':7,'ProgressPercentage':1.5},"
            + "'Rows':["
            + cells
            + "]}");
  }

  static String column(String name, String type) {
    return "{'Name':'" + name + "','Type':" + type + "}";
  }

  static String scalar(String text) {
    return "{'ScalarValue':'" + text + "'}";
  }

  static String array(String... datums) {
    return "{'ArrayValue':[" + String.join(",", datums) + "]}";
  }

  static String row(List<String> datums) {
    return "{'Data':[" + String.join(",", datums) + "]}";
  }

  static String rowValue(String... datums) {
    return "{'RowValue':" + row(List.of(datums)) + "}";
  }

  static String point(String time, String datum) {
    return "{'Time':'" + time + "','Value':" + datum + "}";
  }

  /** A page of one column. */
  static ResultPage page(String type, List<String> datums) {
    String rows =
        datums.stream().map(datum -> row(List.of(datum))).collect(Collectors.joining(","));
    return PageReader.result(AnswerOutline.of(answer(column("c", type), rows)));
  }

  /** A value of the first column. */
  static String text(ResultPage page, int row) {
    ResultPage.Column column = page.columns().getFirst();
    return ValueText.of(column.type(), column.values(), row);
  }
}
