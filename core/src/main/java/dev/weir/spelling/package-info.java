// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * How near words are to one another, for "did you mean" in messages about what people write: flags
 * and keys of settings, fields of sites.
 */
@NullMarked
package dev.weir.spelling;

import org.jspecify.annotations.NullMarked;
