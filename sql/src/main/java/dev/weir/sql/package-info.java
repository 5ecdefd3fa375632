// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the Timestream dialect of SQL: tokens, parser, analyzer and scope check. It hands out a
 * typed tree of its own; the parser library's tree never leaves this room.
 */
@NullMarked
package dev.weir.sql;

import org.jspecify.annotations.NullMarked;
