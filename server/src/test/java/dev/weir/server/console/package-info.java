// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of the console's door. */
@NullMarked
package dev.weir.server.console;

import org.jspecify.annotations.NullMarked;
