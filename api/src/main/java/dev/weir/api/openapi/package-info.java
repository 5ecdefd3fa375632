// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The OpenAPI 3.1 document: each area of the API describes its operations in a resource beside this
 * package, and they are joined to the one that is served. Tests hold operations and answers to it.
 */
@NullMarked
package dev.weir.api.openapi;

import org.jspecify.annotations.NullMarked;
