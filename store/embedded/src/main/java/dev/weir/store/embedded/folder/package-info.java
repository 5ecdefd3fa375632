// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What every file format in a data folder needs of the folder itself: that one process has it, and
 * that names in it outlive a crash.
 */
@NullMarked
package dev.weir.store.embedded.folder;

import org.jspecify.annotations.NullMarked;
