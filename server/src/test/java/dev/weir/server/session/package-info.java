// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Users, sessions, and what slows down who guesses. */
@NullMarked
package dev.weir.server.session;

import org.jspecify.annotations.NullMarked;
