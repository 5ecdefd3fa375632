// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the functions are told by their variables: the names of tables, queues and schedules, and
 * how checks are made.
 */
@NullMarked
package dev.weir.lambda.monitor.settings;

import org.jspecify.annotations.NullMarked;
