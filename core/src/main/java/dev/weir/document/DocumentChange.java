// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.document;

import org.jspecify.annotations.Nullable;

/**
 * One change that happened, as the feed tells it.
 *
 * @param sequence grows with each change of the store
 * @param before null where the document was made
 * @param after null where it was taken away
 */
public record DocumentChange(
    long sequence, DocumentKey key, @Nullable Document before, @Nullable Document after) {}
