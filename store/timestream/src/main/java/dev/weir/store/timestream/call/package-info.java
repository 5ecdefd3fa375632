// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * One call to Timestream's API: signed with a set of credentials, sent to the endpoint that serves
 * it, answered or failed before a deadline. What the body says is the business of the other
 * packages.
 */
@NullMarked
package dev.weir.store.timestream.call;

import org.jspecify.annotations.NullMarked;
