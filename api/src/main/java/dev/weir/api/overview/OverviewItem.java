// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.api.site.SiteStates.State;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.rollup.LatencyHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One site as the overview shows it.
 *
 * @param marks its last runs, oldest first
 * @param day share of runs that were up, null where there were none; so {@code week}, {@code month}
 * @param latency of the last day
 * @param hourlyMillis mean of each of the last 24 hours, oldest first; NaN for none
 * @param errorClass of the last failing run, while the site is not up
 * @param sinceMillis when its oldest open incident began; null without one
 */
record OverviewItem(
    Site site,
    State state,
    List<RunMark> marks,
    @Nullable Double day,
    @Nullable Double week,
    @Nullable Double month,
    LatencyHistogram latency,
    double[] hourlyMillis,
    @Nullable Long certificateDays,
    @Nullable String error,
    @Nullable String errorClass,
    @Nullable Long sinceMillis) {}
