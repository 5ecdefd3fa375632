// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Configuration documents in the data folder: all held in memory, each change a checked frame in
 * one file, {@code documents/documents.log}, that is synced before it is acknowledged. It needs
 * nothing of the engine, so that Weir on Timestream keeps its documents here too.
 */
@NullMarked
package dev.weir.store.embedded.document;

import org.jspecify.annotations.NullMarked;
