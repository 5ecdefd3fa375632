// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Load programs for {@code weir connector}: writing, reading and starting. Each starts the
 * connector by its launcher, and the stand-in for Timestream as another process, so that the CPU
 * and the memory of the connector are its own.
 */
@NullMarked
package dev.weir.benchmarks.connector;

import org.jspecify.annotations.NullMarked;
