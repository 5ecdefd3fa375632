// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * The typed tree that the analyzer hands out: statements, relations, expressions. Names are
 * resolved, every expression carries its type and its place in the user's text, constants are
 * folded, and every function call points at an entry of the closed function table.
 *
 * <p>A column is named by the number of its relation and its index there, so that a printer needs
 * no name rules of its own: it gives relation 3 the alias {@code r3} and prints {@code r3.c0}.
 */
@NullMarked
package dev.weir.sql.tree;

import org.jspecify.annotations.NullMarked;
