// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Incidents: when failing runs become one, who is told when it opens, repeats and closes, and by
 * which channel. Channels are behind a port; deliveries are repeated, and counted where they fail.
 */
@NullMarked
package dev.weir.monitor.notice;

import org.jspecify.annotations.NullMarked;
