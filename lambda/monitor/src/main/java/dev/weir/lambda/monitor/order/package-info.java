// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the check function is told to do: which sites, in which region, for which moments.
 * Schedules, rules and messages hold it as JSON, with whole definitions, so that a run needs to
 * read nothing else.
 */
@NullMarked
package dev.weir.lambda.monitor.order;

import org.jspecify.annotations.NullMarked;
