// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.checks;

import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryRunner;
import dev.weir.store.TableName;
import java.util.function.Consumer;

/**
 * Where results go, and hours are made of them.
 *
 * @param tables makes a table before its first use, where the store can
 */
public record CheckStore(
    PointWriter writer, QueryRunner queries, CatalogReader catalog, Consumer<TableName> tables) {}
