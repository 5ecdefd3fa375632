// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Website checks under load: whether slots are kept. The site that is checked is a process of its
 * own that answers as fast as it can.
 */
@NullMarked
package dev.weir.benchmarks.checks;

import org.jspecify.annotations.NullMarked;
