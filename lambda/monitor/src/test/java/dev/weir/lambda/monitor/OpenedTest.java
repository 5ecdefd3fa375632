// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.weir.lambda.monitor.configuration.ScheduleFunctions;
import dev.weir.lambda.monitor.parts.FunctionParts;
import dev.weir.lambda.monitor.result.ResultFunctions;
import dev.weir.lambda.monitor.run.CheckFunction;
import dev.weir.lambda.monitor.sites.SitesFunction;
import dev.weir.lambda.monitor.tick.TickFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.crac.Context;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

class OpenedTest {

  private static final Context<?> CONTEXT = Core.getGlobalContext();
  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:%s:live";
  private static final Map<String, String> COMPLETE =
      Map.of(
          "AWS_REGION",
          "eu-west-1",
          "WEIR_RESULTS_QUEUE",
          "http://127.0.0.1:1/1/results",
          "WEIR_SCHEDULER_ROLE",
          "arn:aws:iam::123456789012:role/schedules",
          "WEIR_REGIONS",
          "{\"eu-west-1\":{\"check\":\"%s\",\"tick\":\"%s\"}}"
              .formatted(ARN.formatted("check"), ARN.formatted("tick")));

  private final List<CountedHttp> made = new ArrayList<>();

  @Test
  void openingThatFailsClosesWhatWasOpenedEachTime() {
    Opened<String> opened =
        opened(
            COMPLETE,
            parts -> {
              parts.clients().dynamoDb("eu-west-1");
              throw new IllegalArgumentException("the variable X is wrong");
            });

    for (int event = 1; event <= 2; event++) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> opened.use(String::length))
          .withMessage("the variable X is wrong");
      assertThat(made).hasSize(event).allMatch(http -> http.closed == 1);
    }
  }

  @Test
  void whatIsOpenIsKeptWhateverBecomesOfAnEventAndClosedOnce() {
    Opened<String> opened = opened(COMPLETE, parts -> "function");

    assertThatIllegalStateException()
        .isThrownBy(() ->
            opened.use(_ -> {
              throw new IllegalStateException("an event that fails");
            }));
    assertThat(opened.<Integer>use(String::length)).isEqualTo(8);

    assertThat(made).hasSize(1).allMatch(http -> http.closed == 0);
    opened.close();
    opened.close();
    assertThat(made).hasSize(1).allMatch(http -> http.closed == 1);
  }

  @Test
  void whatAnEventCountedIsWrittenByItsEndAlsoWhereItFails() {
    List<FunctionParts> parts = new ArrayList<>();
    Opened<FunctionParts> opened =
        opened(
            COMPLETE,
            each -> {
              parts.add(each);
              return each;
            });

    opened.use(each -> {
      each.metrics().add("ChecksRun", 2);
      return "";
    });
    assertThat(parts.getFirst().metrics().flush()).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() ->
            opened.use(each -> {
              each.metrics().add("ChecksRun", 3);
              throw new IllegalStateException("an event that fails");
            }));
    assertThat(parts.getFirst().metrics().flush()).isEmpty();
  }

  static List<Function<FunctionParts, ?>> functions() {
    return List.of(
        CheckFunction::of,
        TickFunction::of,
        ScheduleFunctions::of,
        ResultFunctions::of,
        SitesFunction::of);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aSnapshotIsTakenWithNothingOpenAndWhatFollowsIsMadeAnew(
      Function<FunctionParts, Object> opening) {
    Opened<Object> opened = opened(COMPLETE, opening);
    Object before = opened.use(Function.identity());

    opened.beforeCheckpoint(CONTEXT);
    assertThat(made).hasSize(1).allMatch(http -> http.closed == 1);
    opened.afterRestore(CONTEXT);

    assertThat(opened.use(Function.identity())).isNotSameAs(before);
    assertThat(made).hasSize(2);
    opened.close();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aVariableThatIsWrongOrARehearsalThatFailsKeepsNoSnapshotFromBeingTaken(
      Function<FunctionParts, Object> opening) {
    Opened<Object> wrong = opened(Map.of("AWS_REGION", "-"), opening);
    assertThatNoException().isThrownBy(() -> wrong.beforeCheckpoint(CONTEXT));
    Opened<Object> unready =
        new Opened<>(
            COMPLETE,
            this::http,
            opening,
            () -> {
              throw new IllegalStateException("no port is free");
            });
    assertThatNoException().isThrownBy(() -> unready.beforeCheckpoint(CONTEXT));

    assertThat(made).allMatch(http -> http.closed == 1);
  }

  private <T> Opened<T> opened(
      Map<String, String> environment, Function<FunctionParts, T> opening) {
    return new Opened<>(environment, this::http, opening, () -> {});
  }

  private SdkHttpClient http() {
    CountedHttp http = new CountedHttp();
    made.add(http);
    return http;
  }

  /** Calls nobody, and knows how often it was closed. */
  private static final class CountedHttp implements SdkHttpClient {
    private int closed;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      throw new IllegalStateException("nothing is called while a function is opened");
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
