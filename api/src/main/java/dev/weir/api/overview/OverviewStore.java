// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.store.CatalogReader;
import dev.weir.store.QueryRunner;

/**
 * Where results and their hours are.
 *
 * @param hours makes them; here it only reads
 */
public record OverviewStore(
    CheckTables tables, QueryRunner queries, CatalogReader catalog, HourlyRollup hours) {}
