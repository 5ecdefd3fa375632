// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Why Timestream can't be reached or refuses, in words for whoever has to mend it: one sentence on
 * what is wrong, one on what to do. The same words stand in the log, in answers and in what {@code
 * weir doctor} prints.
 */
@NullMarked
package dev.weir.store.timestream.cause;

import org.jspecify.annotations.NullMarked;
