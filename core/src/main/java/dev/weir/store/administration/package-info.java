// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the owner of a store makes, sets and deletes, as the Timestream Write API has it: databases,
 * tables, tags, and the settings of the account. Only a store that is an account of its own plays
 * these roles; on Amazon the account belongs to somebody else.
 */
@NullMarked
package dev.weir.store.administration;

import org.jspecify.annotations.NullMarked;
