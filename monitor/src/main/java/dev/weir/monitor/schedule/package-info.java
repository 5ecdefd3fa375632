// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * When checks run: fixed-rate slots, spread by the hash of the site's key, each run once, with the
 * intended and the actual start of each. Slots that could not run are told as missed.
 */
@NullMarked
package dev.weir.monitor.schedule;

import org.jspecify.annotations.NullMarked;
