// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The connector as a Lambda function: events of an API Gateway become requests to remote write and
 * read, whose answers become its answers. It sees neither a server nor the embedded store.
 */
@NullMarked
package dev.weir.lambda.connector;

import org.jspecify.annotations.NullMarked;
