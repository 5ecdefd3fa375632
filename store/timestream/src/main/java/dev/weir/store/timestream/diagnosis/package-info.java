// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Finds out why the connector would not work, before it has to: endpoints, names, connections, TLS,
 * clock, credentials, table and rights, one after the other, each within a few seconds. Nothing is
 * stored, nothing is changed, and nobody is asked but the endpoints and what the SDK asks for
 * credentials.
 */
@NullMarked
package dev.weir.store.timestream.diagnosis;

import org.jspecify.annotations.NullMarked;
