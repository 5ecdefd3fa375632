// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: one file per verb, one table that lists them. What a person did wrong is one
 * line on standard error and exit code 1.
 */
@NullMarked
package dev.weir.app.cli;

import org.jspecify.annotations.NullMarked;
