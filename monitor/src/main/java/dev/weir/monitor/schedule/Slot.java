// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.Site;
import java.time.Instant;

/**
 * One run that is due.
 *
 * @param intendedStart the slot's moment: the same for the same site, region and interval on every
 *     machine
 */
public record Slot(Site site, String region, Instant intendedStart) {}
