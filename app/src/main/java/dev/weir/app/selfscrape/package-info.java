// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * Weir scrapes itself: its metrics become a remote write request that is handed to its own handler
 * in memory, so that the store is never empty and takes the same path as everybody's samples.
 */
@NullMarked
package dev.weir.app.selfscrape;

import org.jspecify.annotations.NullMarked;
