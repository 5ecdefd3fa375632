// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Short names for long things: digests of texts, for ids that have to be the same for the same
 * text, wherever and whenever they are made, and other ones for any other.
 */
@NullMarked
package dev.weir.lambda.monitor.digest;

import org.jspecify.annotations.NullMarked;
