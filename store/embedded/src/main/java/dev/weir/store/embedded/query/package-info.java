// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * From Timestream SQL's typed tree to results. Statements that group by series take a plan of their
 * own: series are chosen in Java, their rows are read by number, labels are put on at the end. All
 * others are printed as DuckDB SQL.
 */
@NullMarked
package dev.weir.store.embedded.query;

import org.jspecify.annotations.NullMarked;
