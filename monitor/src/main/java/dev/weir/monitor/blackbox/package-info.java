// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a blackbox_exporter does, done by Weir's own probes: its modules file is read strictly, its
 * requests are understood, and a run becomes the metrics that it would have given. What has no
 * counterpart here is named when the file is read, and refused when it is asked for. The last
 * results of all sites have the same metrics.
 */
@NullMarked
package dev.weir.monitor.blackbox;

import org.jspecify.annotations.NullMarked;
