// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * Remote write and remote read without transport: takes a body and headers, gives a status and a
 * streamed body.
 */
@NullMarked
package dev.weir.prometheus;

import org.jspecify.annotations.NullMarked;
