// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import java.util.List;

/**
 * The schedules of one region. All of it may be repeated without harm. Thread-safe.
 *
 * <p>Failures are {@link dev.weir.store.StoreException}: {@code BAD_REQUEST} for a schedule that
 * can never be made, such as one over a limit, {@code QUOTA} where the account has no room for it,
 * {@code THROTTLED} and {@code UNAVAILABLE} where a repeat may help, {@code DENIED} where a policy
 * lacks something.
 */
public interface SiteSchedules {

  String region();

  /** Every schedule in the places where Weir keeps its own, those of others included. */
  List<FoundSchedule> list();

  /** How the schedule will stand there once it is put. */
  FoundSchedule form(PlannedSchedule planned);

  /** Makes the schedule, or makes the one that is there so. */
  void put(PlannedSchedule planned);

  /**
   * Makes the schedule where there is none by its name. One that is there stays as it is, which is
   * one call and no change of a schedule that thousands of sites have in common.
   */
  void ensure(PlannedSchedule planned);

  /** Takes the schedule away; nothing where there is none. */
  void remove(Purpose purpose);
}
