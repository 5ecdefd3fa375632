// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of the words. */
package dev.weir.store.timestream.cause;
