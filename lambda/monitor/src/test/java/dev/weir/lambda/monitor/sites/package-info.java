// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** The API of sites is asked as an HTTP API asks it, over documents in memory and in DynamoDB. */
@NullMarked
package dev.weir.lambda.monitor.sites;

import org.jspecify.annotations.NullMarked;
