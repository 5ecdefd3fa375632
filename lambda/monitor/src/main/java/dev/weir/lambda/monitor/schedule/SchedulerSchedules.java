// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.lambda.monitor.settings.RegionTargets;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.DeadLetterConfig;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ListScheduleGroupsResponse;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesResponse;
import software.amazon.awssdk.services.scheduler.model.RetryPolicy;
import software.amazon.awssdk.services.scheduler.model.ScheduleGroupSummary;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;
import software.amazon.awssdk.services.scheduler.model.Target;

/**
 * Schedules of EventBridge Scheduler, in a group for each customer, which is made when its first
 * site comes. Within it a site's schedule is called as the site is. Ticks are in a group of their
 * own.
 */
public final class SchedulerSchedules implements SiteSchedules {

  /** Of a target's input (EventBridge Scheduler, CreateSchedule, Target). */
  static final int INPUT_BYTES_MAX = 256 << 10;

  static final String MOMENT = "<aws.scheduler.scheduled-time>";

  /** The most that a page of a list may have. */
  private static final int PAGE = 100;

  private static final int PUT_ATTEMPTS_MAX = 3;

  /**
   * How schedules are made.
   *
   * @param groupPrefix stands before a customer's name
   * @param role the ARN of the role that Scheduler calls the functions by
   * @param deadLetters the ARN of the queue for what could not be delivered; empty for none
   */
  public record Options(String groupPrefix, String role, Optional<String> deadLetters) {
    public Options {
      ScheduleNames.prefix("WEIR_SCHEDULE_GROUP_PREFIX", groupPrefix);
    }
  }

  private final String region;
  private final RegionTargets targets;
  private final Options options;
  private final SchedulerClient scheduler;
  private final Calls calls;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  public SchedulerSchedules(
      String region,
      RegionTargets targets,
      Options options,
      SchedulerClient scheduler,
      Calls calls) {
    this.region = region;
    this.targets = targets;
    this.options = options;
    this.scheduler = scheduler;
    this.calls = calls;
  }

  @Override
  public String region() {
    return region;
  }

  @Override
  public List<FoundSchedule> list() {
    List<ScheduleSummary> summaries = new ArrayList<>();
    groups().forEach(group -> summaries.addAll(schedules(group.name())));
    return AtOnce.each(summaries, this::found).stream().flatMap(Optional::stream).toList();
  }

  private List<ScheduleGroupSummary> groups() {
    return Pages.all(
        token ->
            calls.make(
                "scheduler:ListScheduleGroups",
                () ->
                    scheduler.listScheduleGroups(request ->
                        request
                            .namePrefix(options.groupPrefix())
                            .maxResults(PAGE)
                            .nextToken(token))),
        ListScheduleGroupsResponse::scheduleGroups,
        ListScheduleGroupsResponse::nextToken);
  }

  private List<ScheduleSummary> schedules(String group) {
    return Pages.all(
        token ->
            calls.make(
                "scheduler:ListSchedules",
                () ->
                    scheduler.listSchedules(
                        request -> request.groupName(group).maxResults(PAGE).nextToken(token))),
        ListSchedulesResponse::schedules,
        ListSchedulesResponse::nextToken);
  }

  /** Empty where it has gone since it was listed. */
  private Optional<FoundSchedule> found(ScheduleSummary summary) {
    return Calls.unlessGone(() -> {
      GetScheduleResponse schedule =
          calls.make(
              "scheduler:GetSchedule",
              () ->
                  scheduler.getSchedule(
                      request -> request.groupName(summary.groupName()).name(summary.name())));
      String place = summary.groupName() + "/" + summary.name();
      return new FoundSchedule(
          place,
          Purpose.of(schedule.description()).filter(each -> place(each).equals(place)),
          asks(
              schedule.scheduleExpression(),
              schedule.stateAsString(),
              schedule.flexibleTimeWindow(),
              schedule.target()));
    });
  }

  @Override
  public FoundSchedule form(PlannedSchedule planned) {
    return new FoundSchedule(
        place(planned.purpose()),
        Optional.of(planned.purpose()),
        asks(planned.rate(), ScheduleState.ENABLED.toString(), window(), target(planned)));
  }

  private static String asks(String rate, String state, FlexibleTimeWindow window, Target target) {
    return String.join(
        "\n",
        rate,
        state,
        window.modeAsString(),
        target.arn(),
        target.roleArn(),
        String.valueOf(target.input()),
        target.retryPolicy() == null
            ? "no retries"
            : target.retryPolicy().maximumEventAgeInSeconds()
                + " s, "
                + target.retryPolicy().maximumRetryAttempts(),
        target.deadLetterConfig() == null ? "" : target.deadLetterConfig().arn());
  }

  @Override
  public void put(PlannedSchedule planned) {
    bring(planned, true);
  }

  @Override
  public void ensure(PlannedSchedule planned) {
    bring(planned, false);
  }

  private void bring(PlannedSchedule planned, boolean changing) {
    Target target = target(planned);
    makeGroup(group(planned.purpose()));
    for (int attempt = 1; ; attempt++) {
      switch (create(planned, target)) {
        case MADE -> {
          return;
        }
        case THERE -> {
          if (!changing || update(planned, target)) {
            return;
          }
        }
        case NO_GROUP -> {
          // made again by now
        }
      }
      if (attempt == PUT_ATTEMPTS_MAX) {
        throw new StoreException(
            Kind.UNAVAILABLE,
            "the schedule %s in %s comes and goes while it is put"
                .formatted(place(planned.purpose()), region));
      }
    }
  }

  private enum Creation {
    MADE,
    THERE,
    NO_GROUP
  }

  private Creation create(PlannedSchedule planned, Target target) {
    try {
      calls.make(
          "scheduler:CreateSchedule",
          () ->
              scheduler.createSchedule(request ->
                  request
                      .groupName(group(planned.purpose()))
                      .name(name(planned.purpose()))
                      .description(planned.purpose().description())
                      .scheduleExpression(planned.rate())
                      .state(ScheduleState.ENABLED)
                      .flexibleTimeWindow(window())
                      .target(target)));
      return Creation.MADE;
    } catch (StoreException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        // somebody removed the group since it was looked for
        known.remove(group(planned.purpose()));
        makeGroup(group(planned.purpose()));
        return Creation.NO_GROUP;
      }
      unless(e, Kind.CONFLICT);
      return Creation.THERE;
    }
  }

  private boolean update(PlannedSchedule planned, Target target) {
    try {
      calls.make(
          "scheduler:UpdateSchedule",
          () ->
              scheduler.updateSchedule(request ->
                  request
                      .groupName(group(planned.purpose()))
                      .name(name(planned.purpose()))
                      .description(planned.purpose().description())
                      .scheduleExpression(planned.rate())
                      .state(ScheduleState.ENABLED)
                      .flexibleTimeWindow(window())
                      .target(target)));
      return true;
    } catch (StoreException e) {
      return unless(e, Kind.NOT_FOUND);
    }
  }

  @Override
  public void remove(Purpose purpose) {
    Calls.unlessGone(() ->
        calls.make(
            "scheduler:DeleteSchedule",
            () ->
                scheduler.deleteSchedule(
                    request -> request.groupName(group(purpose)).name(name(purpose)))));
  }

  private static boolean unless(StoreException e, Kind expected) {
    if (e.kind() != expected) {
      throw e;
    }
    return false;
  }

  /** Looked for once by each process; made where a customer's first site is. */
  private synchronized void makeGroup(String group) {
    if (known.contains(group)) {
      return;
    }
    try {
      calls.make(
          "scheduler:GetScheduleGroup",
          () -> scheduler.getScheduleGroup(request -> request.name(group)));
    } catch (StoreException missing) {
      unless(missing, Kind.NOT_FOUND);
      try {
        calls.make(
            "scheduler:CreateScheduleGroup",
            () -> scheduler.createScheduleGroup(request -> request.name(group)));
      } catch (StoreException made) {
        unless(made, Kind.CONFLICT);
      }
    }
    known.add(group);
  }

  private Target target(PlannedSchedule planned) {
    if (planned instanceof PlannedSchedule.SiteRuns(Site site)) {
      PlannedSchedule.checkSize(site);
    }
    String input = planned.input(region, MOMENT);
    int bytes = input.getBytes(UTF_8).length;
    if (bytes > INPUT_BYTES_MAX) {
      throw new StoreException(
          Kind.BAD_REQUEST,
          "%s has %,d bytes as a schedule's input, at most %,d: shorten its definition"
              .formatted(planned.purpose().description(), bytes, INPUT_BYTES_MAX));
    }
    Target.Builder target =
        Target.builder()
            .arn(planned.function(targets))
            .roleArn(options.role())
            .input(input)
            .retryPolicy(retries(planned));
    options
        .deadLetters()
        .ifPresent(queue -> target.deadLetterConfig(DeadLetterConfig.builder().arn(queue).build()));
    return target.build();
  }

  private static RetryPolicy retries(PlannedSchedule planned) {
    return RetryPolicy.builder()
        .maximumEventAgeInSeconds((int) planned.lateness().toSeconds())
        .maximumRetryAttempts(PlannedSchedule.RETRIES)
        .build();
  }

  private static FlexibleTimeWindow window() {
    return FlexibleTimeWindow.builder().mode(FlexibleTimeWindowMode.OFF).build();
  }

  private String place(Purpose purpose) {
    return group(purpose) + "/" + name(purpose);
  }

  private String group(Purpose purpose) {
    return switch (purpose) {
      case Purpose.OfSite site ->
          ScheduleNames.fitted(options.groupPrefix(), site.site().customer());
      // no customer's name begins so
      case Purpose.OfShard _ -> options.groupPrefix() + ".ticks";
    };
  }

  private String name(Purpose purpose) {
    return switch (purpose) {
      case Purpose.OfSite(SiteKey site) -> site.id();
      case Purpose.OfShard(int shard) ->
          ScheduleNames.fitted("", "tick-%s-%d".formatted(region, shard));
    };
  }
}
