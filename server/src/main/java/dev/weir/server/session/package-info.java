// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Signing in at the console's door: the users of a file, their sessions, and what slows down who
 * guesses. A caller comes with a session's cookie, or with name and password in each call.
 */
@NullMarked
package dev.weir.server.session;

import org.jspecify.annotations.NullMarked;
