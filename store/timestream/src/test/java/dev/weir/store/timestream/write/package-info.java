// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of writing against a scripted upstream. */
package dev.weir.store.timestream.write;
