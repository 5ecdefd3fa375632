// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * The HTTP edge: routes, credentials, TLS, limits, health and metrics. It carries what other rooms
 * decide and never sees a store.
 */
@NullMarked
package dev.weir.server;

import org.jspecify.annotations.NullMarked;
