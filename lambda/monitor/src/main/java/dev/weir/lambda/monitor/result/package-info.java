// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What becomes of a slot's report: its records are stored, its incident is told of, and its hour is
 * summed once it has closed. Reports come by a queue, each at least once and in any order; all that
 * is done here can be done again.
 */
@NullMarked
package dev.weir.lambda.monitor.result;

import org.jspecify.annotations.NullMarked;
