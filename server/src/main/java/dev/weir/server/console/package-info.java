// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** The console's door: its static files, and the API behind whoever decides who calls. */
@NullMarked
package dev.weir.server.console;

import org.jspecify.annotations.NullMarked;
