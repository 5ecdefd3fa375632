// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.write;

import dev.weir.store.TableName;
import java.util.List;

/** A WriteRecords request as it was read. */
record WriteInput(TableName table, RecordParts common, List<RecordParts> records) {}
