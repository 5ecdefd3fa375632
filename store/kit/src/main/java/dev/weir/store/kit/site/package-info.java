// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * A web site that plays what a test scripts, byte by byte, and a port where nobody listens: for the
 * tests of probes, and for those of a whole Weir that checks them.
 */
@NullMarked
package dev.weir.store.kit.site;

import org.jspecify.annotations.NullMarked;
