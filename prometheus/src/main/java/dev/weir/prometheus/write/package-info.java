// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Remote write: takes a request of version 1.0 or 2.0, looks its series up by the bytes of their
 * labels, and hands a batch of points to a store. Every status of remote write is decided here.
 */
@NullMarked
package dev.weir.prometheus.write;

import org.jspecify.annotations.NullMarked;
