// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of Signature Version 4, with signatures that were made by another implementation. */
@NullMarked
package dev.weir.server.timestream.signing;

import org.jspecify.annotations.NullMarked;
