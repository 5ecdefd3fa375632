// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of the overview, without a server or a store. */
@NullMarked
package dev.weir.api.overview;

import org.jspecify.annotations.NullMarked;
