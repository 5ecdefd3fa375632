// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import dev.weir.model.MeasureType;

/**
 * A column that MULTI measures of a table have.
 *
 * @param ordinal its place in the table, from 0; names its physical column
 */
public record MultiColumn(int ordinal, String name, MeasureType type) {}
