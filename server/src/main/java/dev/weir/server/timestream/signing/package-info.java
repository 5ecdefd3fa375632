// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Who calls: AWS Signature Version 4, verified against a credentials file, or taken as it comes on
 * a door that needs no credentials.
 *
 * <p>Secrets stay in this package and are never logged.
 */
@NullMarked
package dev.weir.server.timestream.signing;

import org.jspecify.annotations.NullMarked;
