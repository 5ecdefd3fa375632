// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

/**
 * One key of an ORDER BY. The place of NULLs is always said: last unless the text says otherwise.
 */
public record SortKey(Expression expression, boolean descending, boolean nullsFirst) {}
