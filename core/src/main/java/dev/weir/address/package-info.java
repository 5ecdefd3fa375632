// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * How addresses of the network are written down, for sentences, records and reports. The same
 * address is always the same text, so that texts can be compared, searched and grouped.
 */
@NullMarked
package dev.weir.address;

import org.jspecify.annotations.NullMarked;
