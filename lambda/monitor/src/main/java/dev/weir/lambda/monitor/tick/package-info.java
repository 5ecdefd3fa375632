// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Checks more often than each minute: a tick for each shard of sites comes each minute and plans
 * the slots of the minute after next as messages that are kept back until their second. Schedules
 * grow with shards, not with sites.
 */
@NullMarked
package dev.weir.lambda.monitor.tick;

import org.jspecify.annotations.NullMarked;
