// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The DynamoDB for tests is tried out: it keeps items, refuses what is malformed, and streams what
 * changed.
 */
@NullMarked
package dev.weir.store.kit.dynamodb;

import org.jspecify.annotations.NullMarked;
