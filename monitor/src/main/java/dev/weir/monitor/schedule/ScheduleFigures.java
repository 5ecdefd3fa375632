// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

/**
 * How a schedule stands now.
 *
 * @param sites that it runs
 * @param running runs that are going
 * @param waiting runs that are due and have no place yet
 */
public record ScheduleFigures(int sites, int running, int waiting) {}
