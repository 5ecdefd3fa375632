// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * How this Weir does as a connector of Prometheus: what comes in and from whom, what is refused and
 * why, how Timestream answers, and what to put into prometheus.yml.
 */
@NullMarked
package dev.weir.server.connector;

import org.jspecify.annotations.NullMarked;
