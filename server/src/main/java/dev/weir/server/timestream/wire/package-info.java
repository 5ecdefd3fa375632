// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The language of the door: JSON in and out, the errors of the protocol, constraints in the words
 * of AWS, and what a call knows of itself.
 *
 * <p>Everything from outside is bounded here: depth, tokens, lengths, and broken text is refused.
 */
@NullMarked
package dev.weir.server.timestream.wire;

import org.jspecify.annotations.NullMarked;
