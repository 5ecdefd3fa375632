// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the console and the command line ask a running Weir for, as JSON over {@link
 * dev.weir.exchange.Handler}: the same on the HTTP server and behind a gateway of a cloud. Each
 * call has the scope of a customer; nobody sees sites of another.
 */
@NullMarked
package dev.weir.api;

import org.jspecify.annotations.NullMarked;
