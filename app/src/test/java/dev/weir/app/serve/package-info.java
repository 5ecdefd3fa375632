// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/** Tests of the package of the same name: real processes, real sockets. */
@NullMarked
package dev.weir.app.serve;

import org.jspecify.annotations.NullMarked;
