// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import dev.weir.store.TableName;
import java.net.URI;
import java.util.Optional;

/**
 * What is examined.
 *
 * @param region such as {@code us-east-1}
 * @param writeEndpoint in place of Amazon's own for writing; empty to discover it
 * @param queryEndpoint in place of Amazon's own for queries; empty to discover it
 * @param table where samples go
 */
public record Subject(
    String region, Optional<URI> writeEndpoint, Optional<URI> queryEndpoint, TableName table) {}
