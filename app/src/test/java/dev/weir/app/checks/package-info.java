// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Checks over the real engine: what the rooms below can't see of each other. */
package dev.weir.app.checks;
