// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Questions to the data: Timestream SQL page by page, as JSON or as CSV, and what there is to ask
 * about. Each text is analyzed against the catalog before a store sees it, so that a caller learns
 * nothing of databases outside of its customers', whichever store it is.
 */
@NullMarked
package dev.weir.api.query;

import org.jspecify.annotations.NullMarked;
