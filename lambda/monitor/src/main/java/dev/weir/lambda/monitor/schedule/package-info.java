// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The schedules that sites run by, behind one port for each region: EventBridge Scheduler, or the
 * rules that the original had. A schedule says in its description what it is for, and is Weir's
 * only where its name follows from that; everything else that stands beside it is left alone.
 */
@NullMarked
package dev.weir.lambda.monitor.schedule;

import org.jspecify.annotations.NullMarked;
