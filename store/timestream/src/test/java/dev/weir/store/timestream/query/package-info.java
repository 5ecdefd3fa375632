// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of the queries of Timestream, against answers as they are on the wire. */
@NullMarked
package dev.weir.store.timestream.query;

import org.jspecify.annotations.NullMarked;
