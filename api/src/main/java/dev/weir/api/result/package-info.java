// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What was measured of sites: runs one by one, series for charts, hours, and incidents. Runs and
 * hours are asked of the store in SQL, each query confined to the database of the site's customer;
 * incidents are documents.
 */
@NullMarked
package dev.weir.api.result;

import org.jspecify.annotations.NullMarked;
