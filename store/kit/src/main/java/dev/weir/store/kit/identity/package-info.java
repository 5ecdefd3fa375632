// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Certificates and keys that a test mints for itself: good ones, and with each fault that a server
 * can have.
 */
@NullMarked
package dev.weir.store.kit.identity;

import org.jspecify.annotations.NullMarked;
