// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Every site at a glance: states, last runs, availability and latencies, held in memory and told as
 * they change. Results of this process show at once; what others wrote, and what was before, is
 * read from the store in the background, so that no request waits for it.
 */
@NullMarked
package dev.weir.api.overview;

import org.jspecify.annotations.NullMarked;
