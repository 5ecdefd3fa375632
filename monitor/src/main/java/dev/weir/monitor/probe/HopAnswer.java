// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import org.jspecify.annotations.Nullable;

/**
 * What one hop gave.
 *
 * @param failure null where an answer was read to its end
 * @param reply null where it was not
 */
record HopAnswer(Hop hop, @Nullable Failure failure, Reply.@Nullable Http reply) {}
