// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of questions to the data, over scripted stores. */
@NullMarked
package dev.weir.api.query;

import org.jspecify.annotations.NullMarked;
