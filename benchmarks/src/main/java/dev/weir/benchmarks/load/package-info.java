// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * The load generator: it makes realistic remote write requests beforehand, sends them to the HTTP
 * port of a real server process as cheaply as it can, and asks for some of them back by remote
 * read. It knows nothing of the server's code, so that the same run measures Weir and Prometheus.
 */
@NullMarked
package dev.weir.benchmarks.load;

import org.jspecify.annotations.NullMarked;
