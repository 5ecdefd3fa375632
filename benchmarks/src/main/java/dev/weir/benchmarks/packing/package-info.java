// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What writing a fleet of node exporters costs on Timestream, by the formula it is billed with, and
 * how much CPU it takes to make the calls. Works on a scrape of Debian's prometheus-node-exporter
 * 1.5.0; talks to nobody.
 */
@NullMarked
package dev.weir.benchmarks.packing;

import org.jspecify.annotations.NullMarked;
