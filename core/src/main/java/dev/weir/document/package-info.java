// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Configuration documents: sites, customers, incidents, last states. Keyed JSON texts with a
 * version each, changed together or not at all, and a feed that says what was and what is. The
 * embedded adapter keeps them in the data folder; on AWS they are items of DynamoDB.
 */
@NullMarked
package dev.weir.document;

import org.jspecify.annotations.NullMarked;
