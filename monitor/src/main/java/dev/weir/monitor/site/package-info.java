// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The set of sites: kept as documents, changed by plans that are shown before they are applied, and
 * told to who follows it. {@link dev.weir.monitor.site.SiteBook} is the door for the schedule, the
 * API and the command line.
 */
@NullMarked
package dev.weir.monitor.site;

import org.jspecify.annotations.NullMarked;
