// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * The embedded engine: keeps points on DuckDB inside the process and answers Timestream SQL. DuckDB
 * and its SQL live only here.
 */
@NullMarked
package dev.weir.store.embedded;

import org.jspecify.annotations.NullMarked;
