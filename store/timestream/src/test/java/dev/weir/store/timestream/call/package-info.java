// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of the adapter against hand-written clients; the real ones run in {@code e2e}. */
package dev.weir.store.timestream.call;
