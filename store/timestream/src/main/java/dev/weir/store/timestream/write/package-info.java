// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Writes batches: packed calls go out side by side, and what becomes of them is put together into
 * one outcome. A failure that may pass wins over everything, since the sender then repeats the
 * whole batch and nothing is lost; a call that is refused without a reason is halved until the bad
 * record stands alone.
 */
@NullMarked
package dev.weir.store.timestream.write;

import org.jspecify.annotations.NullMarked;
