// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What callers learn of themselves: their name, their roles, the customers that they see, and the
 * token of their session.
 */
@NullMarked
package dev.weir.api.caller;

import org.jspecify.annotations.NullMarked;
