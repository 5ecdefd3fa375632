// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Documents in two tables of DynamoDB. Sites are items as the original's table has them, so that
 * people and tools go on writing them by hand; all other collections share a table of texts. Others
 * write into both at any time: what is changed is changed under the condition that it is still what
 * was read.
 */
@NullMarked
package dev.weir.lambda.monitor.document;

import org.jspecify.annotations.NullMarked;
