// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

/**
 * A run of samples of one series. A series that is too large for one slice comes as several parts
 * in a row.
 *
 * @param samples ascending; may be empty
 * @param mayContinue whether the next part may belong to the same series
 */
record SeriesPart(Labels labels, Samples samples, boolean mayContinue) {}
