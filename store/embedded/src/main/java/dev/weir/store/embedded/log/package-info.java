// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The write-ahead log: numbered segments of checked frames. It knows bytes only; what a frame means
 * is the business of {@link dev.weir.store.embedded.hot}.
 *
 * <p>A commit is one frame and one sync. A frame that is not whole at the end of the last segment
 * was never acknowledged and is cut off at start; anything else that does not check is refused.
 */
@NullMarked
package dev.weir.store.embedded.log;

import org.jspecify.annotations.NullMarked;
