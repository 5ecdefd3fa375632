// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the API says of results, by the SQL of the embedded engine over records as checks write
 * them.
 */
@NullMarked
package dev.weir.app.result;

import org.jspecify.annotations.NullMarked;
