// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Amazon Timestream through the AWS SDK for Java: points go out as records, results come back as
 * typed pages, exceptions as kinds.
 *
 * <p>The only room that knows the SDK. It speaks to Amazon, by endpoint discovery, or to any
 * endpoint that talks the same protocol, such as a Weir on this machine; with one store for each
 * set of credentials.
 */
@NullMarked
package dev.weir.store.timestream;

import org.jspecify.annotations.NullMarked;
