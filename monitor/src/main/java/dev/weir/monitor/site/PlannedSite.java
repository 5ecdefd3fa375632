// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.site;

import dev.weir.monitor.check.Site;

/**
 * What must change for one site to be there.
 *
 * @param version of what is there now, whether it can be read or not; 0 for nothing
 * @param plan of this site alone
 */
public record PlannedSite(Site site, long version, SitePlan plan) {}
