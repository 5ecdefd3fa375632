// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The check function: sites of an order are run side by side within the time of the invocation, and
 * each slot is reported to the writer's queue, run or missed. What could not be reported comes
 * again.
 */
@NullMarked
package dev.weir.lambda.monitor.run;

import org.jspecify.annotations.NullMarked;
