// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Times Timestream SQL on a day of 20,000 series in an embedded store of this process, and how soon
 * a cancelled query gives back its threads and its memory.
 */
@NullMarked
package dev.weir.benchmarks.sql;

import org.jspecify.annotations.NullMarked;
