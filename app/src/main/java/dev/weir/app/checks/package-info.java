// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Website checks of {@code weir serve}: the monitor's parts put together around the documents and
 * the store of a process.
 */
@NullMarked
package dev.weir.app.checks;

import org.jspecify.annotations.NullMarked;
