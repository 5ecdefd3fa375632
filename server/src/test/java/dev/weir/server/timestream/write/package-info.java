// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of what WriteRecords keeps between calls. */
@NullMarked
package dev.weir.server.timestream.write;

import org.jspecify.annotations.NullMarked;
