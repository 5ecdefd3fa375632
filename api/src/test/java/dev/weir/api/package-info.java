// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of the API, without a server. */
@NullMarked
package dev.weir.api;

import org.jspecify.annotations.NullMarked;
