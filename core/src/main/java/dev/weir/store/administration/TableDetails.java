// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.administration;

import dev.weir.store.TableName;
import java.time.Instant;

/**
 * A table as DescribeTable shows it.
 *
 * @param own whether Weir made it for itself; such a table can't be changed or deleted from outside
 */
public record TableDetails(
    TableName name, TableProperties properties, boolean own, Instant created, Instant updated) {}
