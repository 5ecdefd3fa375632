// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;

/**
 * EventBridge Scheduler of one region: it calls the targets of the schedules that are there, with
 * their input in which the moment stands for {@code <aws.scheduler.scheduled-time>} (Scheduler user
 * guide, "context attributes"). A function that failed is called twice more, as Lambda repeats
 * asynchronous invocations. For one thread.
 */
public final class Timetable {

  private static final int ATTEMPTS = 3;
  private static final String EACH_MINUTE = "cron(* * * * ? *)";
  private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour)s?\\)");

  private final SchedulerClient scheduler;
  private final Map<String, LambdaFunction> functions;
  private final List<String> lost = new ArrayList<>();

  /** Over functions by the ARNs that targets name. */
  public Timetable(SchedulerClient scheduler, Map<String, LambdaFunction> functions) {
    this.scheduler = scheduler;
    this.functions = Map.copyOf(functions);
  }

  /** All schedules of all groups. */
  public List<GetScheduleResponse> schedules() {
    List<GetScheduleResponse> all = new ArrayList<>();
    for (ScheduleSummary each :
        scheduler.listSchedulesPaginator(a -> a.maxResults(100)).schedules()) {
      all.add(scheduler.getSchedule(s -> s.groupName(each.groupName()).name(each.name())));
    }
    return all;
  }

  /** Fires each enabled schedule whose name passes, once, at this moment; how many they were. */
  public int fire(Instant moment, Pattern names) {
    int fired = 0;
    for (GetScheduleResponse schedule : schedules()) {
      if (names.matcher(schedule.name()).find() && schedule.stateAsString().equals("ENABLED")) {
        call(schedule, moment.truncatedTo(ChronoUnit.SECONDS));
        fired++;
      }
    }
    return fired;
  }

  /** What was called thrice in vain, as text. */
  public List<String> lost() {
    return List.copyOf(lost);
  }

  /** The interval that a rate says; refuses what Scheduler refuses, as {@code rate(1 minutes)}. */
  public static Duration interval(GetScheduleResponse schedule) {
    return interval(schedule.scheduleExpression());
  }

  static Duration interval(String expression) {
    if (expression.equals(EACH_MINUTE)) {
      return Duration.ofMinutes(1);
    }
    Matcher rate = RATE.matcher(expression);
    if (!rate.matches() || expression.endsWith("s)") == rate.group(1).equals("1")) {
      throw new AssertionError("EventBridge knows no " + expression);
    }
    long number = Long.parseLong(rate.group(1));
    return rate.group(2).equals("minute") ? Duration.ofMinutes(number) : Duration.ofHours(number);
  }

  private void call(GetScheduleResponse schedule, Instant moment) {
    String arn = schedule.target().arn();
    LambdaFunction function = functions.get(arn);
    if (function == null) {
      throw new AssertionError(schedule.name() + " calls " + arn + ", and nobody is there");
    }
    String event =
        schedule.target().input().replace("<aws.scheduler.scheduled-time>", moment.toString());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (function.invoke(event) instanceof Invocation.Answered) {
        return;
      }
    }
    lost.add(schedule.name() + " at " + moment);
  }
}
