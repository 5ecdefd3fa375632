// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Website checks under load: whether slots are kept, how many checks a core makes, and how close
 * what they tell comes to what a bare socket sees. The site that is checked is a process of its
 * own.
 */
@NullMarked
package dev.weir.benchmarks.checks;

import org.jspecify.annotations.NullMarked;
