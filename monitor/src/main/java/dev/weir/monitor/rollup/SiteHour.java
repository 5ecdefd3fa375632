// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

import java.time.Instant;

/**
 * Names a rollup.
 *
 * @param hour its beginning
 */
public record SiteHour(String siteId, String region, Instant hour) {}
