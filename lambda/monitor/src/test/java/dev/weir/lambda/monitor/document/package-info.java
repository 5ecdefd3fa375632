// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Documents and sites are kept in a real DynamoDB of this machine, and read again whoever wrote
 * them: Weir, the original's file of entries, a person at the console.
 */
@NullMarked
package dev.weir.lambda.monitor.document;

import org.jspecify.annotations.NullMarked;
