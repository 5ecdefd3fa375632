// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Hours of check results: counts, sums and buckets of latencies, one record for each site, region
 * and hour, made of the stored results by SQL, as often as needed; and read again, merged over
 * hours and regions, with percentiles.
 */
@NullMarked
package dev.weir.monitor.rollup;

import org.jspecify.annotations.NullMarked;
