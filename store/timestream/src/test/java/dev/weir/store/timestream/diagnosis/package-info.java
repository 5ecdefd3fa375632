// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests with real servers over TLS that answer as the test says. */
package dev.weir.store.timestream.diagnosis;
