// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Tests of the connector's figures. */
@NullMarked
package dev.weir.api.connector;

import org.jspecify.annotations.NullMarked;
