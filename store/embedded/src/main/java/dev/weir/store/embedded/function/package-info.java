// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Functions of Timestream SQL that are written in Java and called by the engine, row by row, from
 * within its statements. A chapter is a list of {@link JavaFunction}s; {@link FunctionRegistry}
 * makes them known to the engine, {@link QueryCalls} ties a call to the query that makes it: its
 * cancellation and its compiled patterns. What a function refuses travels back as a {@link
 * BadValueException}, never in the engine's words.
 */
@NullMarked
package dev.weir.store.embedded.function;

import org.jspecify.annotations.NullMarked;
