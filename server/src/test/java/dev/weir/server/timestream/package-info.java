// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of the Timestream door as a client sees it: a real server on a free port, a store in memory
 * behind it.
 */
@NullMarked
package dev.weir.server.timestream;

import org.jspecify.annotations.NullMarked;
