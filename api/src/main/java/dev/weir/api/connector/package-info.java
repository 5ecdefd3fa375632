// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** How a Weir does as a connector of Prometheus, as JSON for who sees all customers. */
@NullMarked
package dev.weir.api.connector;

import org.jspecify.annotations.NullMarked;
