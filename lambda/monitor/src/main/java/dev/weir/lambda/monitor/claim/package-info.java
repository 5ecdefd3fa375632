// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Who does what once: a claim is taken before a piece of work begins and says how far it came, in
 * the table of documents, so that work which is brought twice is done once.
 */
@NullMarked
package dev.weir.lambda.monitor.claim;

import org.jspecify.annotations.NullMarked;
