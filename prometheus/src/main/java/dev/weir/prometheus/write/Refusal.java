// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

/**
 * Why a series, or its values that are not finite, are not stored.
 *
 * @param message names the thing, the value and the limit
 * @param droppable under 1.0 the sender is told of success all the same, and the loss is counted
 */
public record Refusal(Reason reason, String message, boolean droppable) {}
