// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Lines and counts, as a process of its own writes them. */
@NullMarked
package dev.weir.lambda.monitor.log;

import org.jspecify.annotations.NullMarked;
