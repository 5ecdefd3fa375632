// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.site;

import dev.weir.monitor.check.Site;

/**
 * A site as it is kept.
 *
 * @param version of its document: 1 when it was made, one more with each change
 */
public record StoredSite(Site site, long version) {}
