// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What Weir counts about itself: the metric names of the AWS connector, and what an operator of
 * this server needs. Other rooms know nothing of the metrics library; they call listeners, and this
 * room counts.
 */
@NullMarked
package dev.weir.server.metrics;

import org.jspecify.annotations.NullMarked;
