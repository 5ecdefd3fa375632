// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * {@code weir rollup}: makes hours of check results again, in a running Weir or in Amazon
 * Timestream. A Weir that serves makes its hours by itself; this is for those that it missed.
 */
@NullMarked
package dev.weir.app.rollup;

import org.jspecify.annotations.NullMarked;
