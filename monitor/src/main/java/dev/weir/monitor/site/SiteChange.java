// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.site;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import org.jspecify.annotations.Nullable;

/**
 * One change of the set of sites.
 *
 * @param sequence grows with each change
 * @param before null where the site was made
 * @param after null where it was taken away, or can't be read by this version of Weir
 */
public record SiteChange(long sequence, SiteKey key, @Nullable Site before, @Nullable Site after) {}
