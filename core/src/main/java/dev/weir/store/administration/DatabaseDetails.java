// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.administration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A database as DescribeDatabase shows it.
 *
 * @param kmsKeyId kept and returned, nothing is encrypted with it; null where none was given
 * @param tableCount tables in it now
 */
public record DatabaseDetails(
    String name, int tableCount, @Nullable String kmsKeyId, Instant created, Instant updated) {}
