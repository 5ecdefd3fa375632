// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The page at the root: what is open here, how it is doing, and what to put into prometheus.yml.
 */
@NullMarked
package dev.weir.server.page;

import org.jspecify.annotations.NullMarked;
