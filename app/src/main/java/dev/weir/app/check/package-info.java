// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * {@code weir check URL}: one run of a check that the command line describes, made by the same
 * prober as all others after its way was warmed, and shown as a waterfall for people or as JSON for
 * programs.
 */
@NullMarked
package dev.weir.app.check;

import org.jspecify.annotations.NullMarked;
