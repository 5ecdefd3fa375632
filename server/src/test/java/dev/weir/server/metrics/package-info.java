// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of what Weir counts. */
@NullMarked
package dev.weir.server.metrics;

import org.jspecify.annotations.NullMarked;
