// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Queries of Timestream: asked page by page, the next page on its way while one is worked on, JSON
 * turned into typed columns without an object for each value. The catalog is what SHOW and DESCRIBE
 * say, kept for a while.
 */
@NullMarked
package dev.weir.store.timestream.query;

import org.jspecify.annotations.NullMarked;
