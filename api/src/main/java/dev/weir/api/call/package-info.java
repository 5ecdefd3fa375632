// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What every operation of the API is made of: who calls and with which role, the parameters of a
 * call, answers in JSON and problems (RFC 9457). Failures become statuses here and nowhere else.
 */
@NullMarked
package dev.weir.api.call;

import org.jspecify.annotations.NullMarked;
