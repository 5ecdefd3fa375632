// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** The OpenAPI document, and what holds operations and answers to it. */
@NullMarked
package dev.weir.api.openapi;

import org.jspecify.annotations.NullMarked;
