// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sql.function.FunctionTable;
import dev.weir.sql.function.FunctionTable.Function;
import dev.weir.sql.function.FunctionTable.Kind;
import dev.weir.sql.function.Signature;
import dev.weir.sql.function.TypePattern;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionTableTest {

  private static final FunctionTable TABLE = FunctionTable.standard();

  /** A form of a function; named as it is declared. */
  record Form(Function function, Signature signature) {
    @Override
    public String toString() {
      return signature.text();
    }
  }

  static Stream<Form> forms() {
    return TABLE.functions().stream()
        .filter(function -> !function.name().equals("grouping"))
        .flatMap(function -> function.signatures().stream().map(s -> new Form(function, s)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyFormCanBeCalled(Form form) {
    List<String> arguments = new ArrayList<>();
    // Which percentile it is may not change from row to row.
    boolean constants = form.function().name().equals("approx_percentile");
    for (TypePattern pattern : form.signature().parameters()) {
      String sample = sample(pattern);
      boolean first = arguments.isEmpty();
      arguments.add(constants && !first ? sample.replace("measure_value::double", "0.5") : sample);
    }
    String call = form.function().name() + "(" + String.join(", ", arguments) + ")";
    if (form.function().kind() == Kind.WINDOW) {
      call += " OVER (ORDER BY time)";
    }

    String type = TypeRules.text(Texts.expression(call).type());

    assertThat(type).as(call).isEqualTo(resultOf(form.signature().result()));
  }

  @Test
  void aliasesStandForTheFirstName() {
    assertThat(TABLE.find("POW")).isEqualTo(TABLE.find("power"));
    assertThat(Texts.expression("stddev(measure_value::double)"))
        .isInstanceOfSatisfying(
            Expression.Call.class,
            call -> assertThat(call.function().name()).isEqualTo("stddev_samp"));
    assertThat(TABLE.aliases())
        .allSatisfy((alias, name) -> assertThat(TABLE.find(alias)).isPresent());
  }

  @Test
  void functionsOfTheEngineAreNotThere() {
    assertThat(List.of("read_csv", "getenv", "read_parquet", "pragma_version", "query", "glob"))
        .allSatisfy(name -> assertThat(TABLE.find(name)).isEmpty());
  }

  @Test
  void formsAreManyMoreThanFunctions() {
    assertThat(TABLE.functions()).hasSizeGreaterThan(180);
    assertThat(forms()).hasSizeGreaterThan(280);
  }

  private static String sample(TypePattern pattern) {
    return switch (pattern) {
      case TypePattern.Exact(var type) ->
          switch (TypeRules.text(type)) {
            case "timestamp" -> "time";
            case "varchar" -> "job";
            case "bigint" -> "measure_value::bigint";
            case "double" -> "measure_value::double";
            case "boolean" -> "true";
            case "integer" -> "1";
            case "date" -> "DATE '2020-01-01'";
            case "time" -> "TIME '01:00:00'";
            case "interval day to second" -> "1h";
            case "interval year to month" -> "1year";
            default -> throw new AssertionError(type);
          };
      case TypePattern.Variable ignored -> "measure_value::double";
      case TypePattern.ArrayPattern(TypePattern element) -> "ARRAY[" + sample(element) + "]";
      case TypePattern.TimeSeriesPattern(TypePattern value) ->
          "(SELECT create_time_series(time, " + sample(value) + ") FROM weir.prometheus)";
      case TypePattern.RowPattern row -> throw new AssertionError(row);
      case TypePattern.LambdaPattern(List<TypePattern> parameters, TypePattern result) -> {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
          names.add("p" + i);
        }
        yield "(" + String.join(", ", names) + ") -> " + sample(result);
      }
    };
  }

  private static String resultOf(TypePattern pattern) {
    return switch (pattern) {
      case TypePattern.Exact(var type) -> TypeRules.text(type);
      case TypePattern.Variable ignored -> "double";
      case TypePattern.ArrayPattern(TypePattern element) -> "array(" + resultOf(element) + ")";
      case TypePattern.TimeSeriesPattern(TypePattern value) ->
          "timeseries(row(timestamp, " + resultOf(value) + "))";
      case TypePattern.RowPattern(List<TypePattern.FieldPattern> fields) ->
          "row("
              + String.join(", ", fields.stream().map(field -> resultOf(field.type())).toList())
              + ")";
      case TypePattern.LambdaPattern lambda -> throw new AssertionError(lambda);
    };
  }
}
