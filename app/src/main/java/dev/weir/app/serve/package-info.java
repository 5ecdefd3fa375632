// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * {@code weir serve}: the one place where the rooms are put together, how the process begins and
 * how it ends. Nothing here knows how a store, a protocol or a server works.
 */
@NullMarked
package dev.weir.app.serve;

import org.jspecify.annotations.NullMarked;
