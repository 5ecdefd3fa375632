// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What Weir asks of a store: small roles that Amazon Timestream and the embedded engine both play.
 *
 * <p>Calls block; a deadline or an interrupt ends them. A store throws {@link
 * dev.weir.store.StoreException} and nothing else; what is expected, such as a refused point, comes
 * back as a value. What these roles promise is written as tests in {@code store/kit}.
 */
@NullMarked
package dev.weir.store;

import org.jspecify.annotations.NullMarked;
