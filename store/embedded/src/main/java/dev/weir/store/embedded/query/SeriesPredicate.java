// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.model.Series;

/** A condition that only depends on a point's series. */
@FunctionalInterface
interface SeriesPredicate {

  Truth test(Series series);
}
