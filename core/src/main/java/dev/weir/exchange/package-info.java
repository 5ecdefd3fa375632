// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * A request and its response without any transport, so that the same handler serves the HTTP server
 * and a Lambda.
 */
@NullMarked
package dev.weir.exchange;

import org.jspecify.annotations.NullMarked;
