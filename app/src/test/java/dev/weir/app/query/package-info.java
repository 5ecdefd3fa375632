// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** The verb against a scripted store; the whole program is tested in {@code e2e}. */
package dev.weir.app.query;
