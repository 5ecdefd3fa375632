// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

import dev.weir.query.ValueType;

/** A column that a query gives: its name ({@code _col2} where the text gives none) and its type. */
public record OutputColumn(String name, ValueType type) {}
