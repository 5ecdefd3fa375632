// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of what a connector tells of itself. */
@NullMarked
package dev.weir.server.connector;

import org.jspecify.annotations.NullMarked;
