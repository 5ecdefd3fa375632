// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * {@code weir backup}: a running Weir copies its store for whoever may open a socket in its data
 * folder; without a running one the verb copies the folder itself, under the same lock.
 *
 * <p>The conversation is lines of UTF-8. The caller says {@code backup DIR}; the answers are {@code
 * progress BYTES TOTAL}, then {@code done FILES BYTES} or {@code error MESSAGE}.
 */
@NullMarked
package dev.weir.app.backup;

import org.jspecify.annotations.NullMarked;
