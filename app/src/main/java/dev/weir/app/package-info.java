// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * Main, configuration, wiring and the verbs of the command line. The only room that picks a store.
 */
@NullMarked
package dev.weir.app;

import org.jspecify.annotations.NullMarked;
