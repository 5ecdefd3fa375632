// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** What callers learn of themselves. */
@NullMarked
package dev.weir.api.caller;

import org.jspecify.annotations.NullMarked;
