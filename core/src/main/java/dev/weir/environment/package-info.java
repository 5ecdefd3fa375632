// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** The variables that a function on AWS is set up by. */
@NullMarked
package dev.weir.environment;

import org.jspecify.annotations.NullMarked;
