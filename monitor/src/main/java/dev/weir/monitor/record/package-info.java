// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Results as records of Timestream: the check record, or the original's four single-measure ones;
 * and the queue on disk in which records wait for a store that can't take them.
 */
@NullMarked
package dev.weir.monitor.record;

import org.jspecify.annotations.NullMarked;
