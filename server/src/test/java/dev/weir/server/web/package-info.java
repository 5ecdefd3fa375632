// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of credentials and TLS, and certificates made for them at run time. */
@NullMarked
package dev.weir.server.web;

import org.jspecify.annotations.NullMarked;
