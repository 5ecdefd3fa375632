// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.MaintenanceWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads when a failure counts, when it becomes an incident, and when nobody is told. */
final class IncidentFields {

  static final Duration REPEAT_MAX = Duration.ofDays(365);

  private static final Map<String, DayOfWeek> DAYS =
      Stream.of(DayOfWeek.values()).collect(Collectors.toMap(day -> word(day), day -> day));

  private IncidentFields() {}

  /** {@code mon}. */
  static String word(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  static Confirmation confirmation(Fields site) {
    Optional<Value> value = site.value("confirm");
    if (value.isPresent() && value.get() instanceof Value.Mapping) {
      Fields confirm = site.fieldsOrNone("confirm");
      int attempts =
          confirm
              .number("attempts", 1, Confirmation.ATTEMPTS_MAX)
              .orElse(Confirmation.TWICE.attempts());
      Duration spacing =
          confirm
              .duration("spacing", Duration.ZERO, Confirmation.SPACING_MAX)
              .orElse(spacing(attempts));
      confirm.refuseOthers();
      return new Confirmation(attempts, spacing);
    }
    return site.number("confirm", 1, Confirmation.ATTEMPTS_MAX)
        .map(attempts -> new Confirmation(attempts, spacing(attempts)))
        .orElse(Confirmation.TWICE);
  }

  /** Between so many attempts where nothing is said of it. */
  static Duration spacing(int attempts) {
    return attempts == 1 ? Confirmation.ONCE.spacing() : Confirmation.TWICE.spacing();
  }

  static IncidentRules incidents(Fields site) {
    IncidentRules otherwise = IncidentRules.DEFAULT;
    Fields incident = site.fieldsOrNone("incident");
    int failures =
        incident.number("failures", 1, IncidentRules.RUNS_MAX).orElse(otherwise.failures());
    int successes =
        incident.number("successes", 1, IncidentRules.RUNS_MAX).orElse(otherwise.successes());
    Duration repeat =
        incident.duration("repeat", Duration.ZERO, REPEAT_MAX).orElse(otherwise.repeat());
    incident.refuseOthers();
    List<MaintenanceWindow> windows =
        site.mappings("maintenance", IncidentRules.WINDOWS_MAX, IncidentFields::window);
    return new IncidentRules(failures, successes, repeat, windows);
  }

  private static Optional<MaintenanceWindow> window(Fields window) {
    boolean once = window.has("start") || window.has("end");
    boolean weekly = window.has("days") || window.has("from");
    if (once == weekly) {
      window.refuseAll("has either start and end, or days, from and length");
      return Optional.empty();
    }
    return once ? once(window) : weekly(window);
  }

  private static Optional<MaintenanceWindow> once(Fields window) {
    window.require("start", "such as 2026-12-01T22:00:00Z");
    window.require("end", "such as 2026-12-02T00:00:00Z");
    Optional<Instant> start = window.read("start", IncidentFields::moment);
    Optional<Instant> end = window.read("end", IncidentFields::moment);
    window.refuseOthers();
    return start.flatMap(
        from -> end.flatMap(until -> made(window, () -> new MaintenanceWindow.Once(from, until))));
  }

  private static Optional<MaintenanceWindow> weekly(Fields window) {
    window.require("days", "such as [sat, sun]");
    window.require("from", "such as \"22:00\"");
    window.require("length", "such as 2h");
    List<DayOfWeek> days = window.texts("days", DayOfWeek.values().length, IncidentFields::day);
    Optional<LocalTime> from =
        window.read("from", time(LocalTime::parse, "is a time as \"22:00\""));
    Optional<Duration> length =
        window.duration("length", Duration.ofMinutes(1), Duration.ofDays(1));
    ZoneId zone =
        window
            .read("zone", time(ZoneId::of, "is a time zone such as Europe/Berlin"))
            .orElse(ZoneOffset.UTC);
    window.refuseOthers();
    if (days.isEmpty() || from.isEmpty() || length.isEmpty()) {
      return Optional.empty();
    }
    return made(
        window,
        () -> new MaintenanceWindow.Weekly(Set.copyOf(days), from.get(), length.get(), zone));
  }

  private static Optional<MaintenanceWindow> made(
      Fields window, Supplier<MaintenanceWindow> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      window.refuseAll(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Instant moment(String text) {
    return time(OffsetDateTime::parse, "is a moment with its offset, as 2026-12-01T22:00:00Z")
        .apply(text)
        .toInstant();
  }

  private static DayOfWeek day(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return DAYS.entrySet().stream()
        .filter(day ->
            day.getKey().equals(lower)
                || day.getValue().name().toLowerCase(Locale.ROOT).equals(lower))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "is a day of the week, mon to sun, not '%s'".formatted(Quantities.shown(text))));
  }

  private static <T> Function<String, T> time(Function<String, T> parser, String form) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "%s, not '%s'".formatted(form, Quantities.shown(text)), e);
      }
    };
  }
}
