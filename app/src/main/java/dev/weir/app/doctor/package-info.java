// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * {@code weir doctor}: why the connector would not work, one line a check, before it is started or
 * while it runs. The examination itself is the store's; here are the port and the printing.
 */
@NullMarked
package dev.weir.app.doctor;

import org.jspecify.annotations.NullMarked;
