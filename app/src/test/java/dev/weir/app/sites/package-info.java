// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of the verb and of the file of sites. */
@NullMarked
package dev.weir.app.sites;

import org.jspecify.annotations.NullMarked;
