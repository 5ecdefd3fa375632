// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.write;

import dev.weir.store.timestream.packing.PackedCall;

/** A call that was refused as a whole, in these words. */
record Condemned(PackedCall call, String text) {}
