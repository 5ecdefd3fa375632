// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** What a store says of runs, and the answers that it becomes. */
@NullMarked
package dev.weir.api.result;

import org.jspecify.annotations.NullMarked;
