// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** What the pages in {@code docs} show, run. */
package dev.weir.app.docs;
