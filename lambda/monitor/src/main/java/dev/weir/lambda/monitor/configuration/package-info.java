// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps schedules as the table of sites wants them: change by change, as its stream tells of them,
 * and as a whole, by comparing. Whatever a change says, what is made so is what the table has now:
 * an old change that comes again undoes nothing.
 */
@NullMarked
package dev.weir.lambda.monitor.configuration;

import org.jspecify.annotations.NullMarked;
