// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * DynamoDB for tests: Amazon's own DynamoDB Local, a process with its libraries in {@code
 * lambda/tables/target/lib}. It has tables, conditions, transactions and streams; throttling,
 * policies and keys it has not.
 */
@NullMarked
package dev.weir.store.kit.dynamodb;

import org.jspecify.annotations.NullMarked;
