// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * The ports of a store over the typed clients of the AWS SDK, for tests alone: users of the wire
 * API come with these clients, and they read and write JSON in their own way. As thin as can be, so
 * that what a contract finds is the API's. It shares no code with store/timestream: a fault in one
 * reader of the wire must not hide behind the same fault in the other.
 */
@NullMarked
package dev.weir.e2e.sdk;

import org.jspecify.annotations.NullMarked;
