// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Turns a batch of points into the bodies of WriteRecords calls that cost least: what the records
 * of a call share is sent once. Nothing here talks to anybody.
 */
@NullMarked
package dev.weir.store.timestream.packing;

import org.jspecify.annotations.NullMarked;
