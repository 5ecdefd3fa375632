// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * The log: one line per event on standard error, in logfmt or JSON, with the keys {@code ts},
 * {@code level}, {@code logger}, {@code message}, then those of the event, then {@code error}.
 * Logback does the work; it is configured here in code, because reading a configuration file costs
 * start time.
 */
@NullMarked
package dev.weir.app.logging;

import org.jspecify.annotations.NullMarked;
