// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Clients of AWS for the functions, each made when it is first wanted, and what their failures mean
 * to the rest of Weir.
 */
@NullMarked
package dev.weir.lambda.monitor.client;

import org.jspecify.annotations.NullMarked;
