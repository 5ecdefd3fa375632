// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Operations on databases, tables, tags and the settings of the account. */
@NullMarked
package dev.weir.server.timestream.catalog;

import org.jspecify.annotations.NullMarked;
