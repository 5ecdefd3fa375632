// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/** Tests of the package of the same name. */
@NullMarked
package dev.weir.app.selfscrape;

import org.jspecify.annotations.NullMarked;
