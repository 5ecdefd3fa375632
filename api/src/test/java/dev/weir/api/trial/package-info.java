// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Trials against sites of this process. */
@NullMarked
package dev.weir.api.trial;

import org.jspecify.annotations.NullMarked;
