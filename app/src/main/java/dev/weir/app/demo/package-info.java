// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * {@code weir demo}: sites on this machine that behave in every way that checks can tell apart, and
 * a Weir that watches them. What the sites do depends on the time alone, so that a past can be
 * written for them which goes on into the present.
 */
@NullMarked
package dev.weir.app.demo;

import org.jspecify.annotations.NullMarked;
