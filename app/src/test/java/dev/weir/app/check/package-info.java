// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** What the verb reads and prints; its way through sockets is tested in {@code e2e}. */
package dev.weir.app.check;
