// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of the server's edge, over real sockets. */
@NullMarked
package dev.weir.server;

import org.jspecify.annotations.NullMarked;
