// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Sites: listed with their states, shown, planned, applied and deleted. */
@NullMarked
package dev.weir.api.site;

import org.jspecify.annotations.NullMarked;
