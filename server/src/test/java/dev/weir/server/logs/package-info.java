// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Keeps what the server logs, for tests. */
@NullMarked
package dev.weir.server.logs;

import org.jspecify.annotations.NullMarked;
