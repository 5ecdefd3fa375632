// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * WriteRecords: a streaming reader, the merge with the common attributes, and the way into a batch.
 *
 * <p>This is the hot path of the door. Texts and series that were seen before are found without
 * making them again.
 */
@NullMarked
package dev.weir.server.timestream.write;

import org.jspecify.annotations.NullMarked;
