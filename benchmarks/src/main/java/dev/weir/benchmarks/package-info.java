// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * Measurements: JMH benches of the hot paths. They answer "what does one sample cost in this
 * class"; what the whole process costs is measured by {@link dev.weir.benchmarks.load}.
 */
@NullMarked
package dev.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
