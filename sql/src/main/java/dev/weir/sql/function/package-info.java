// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * The closed table of functions: names, kinds and signatures. A name that is not here does not
 * exist, whatever the engine below could do. A printer can list the table and prove that it covers
 * every entry.
 */
@NullMarked
package dev.weir.sql.function;

import org.jspecify.annotations.NullMarked;
