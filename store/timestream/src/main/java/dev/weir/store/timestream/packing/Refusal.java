// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.store.Rejection;

/** Why a point is refused. */
record Refusal(Rejection.Reason reason, String message) {}
