// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

/**
 * A text that may name secrets as {@code ${env:NAME}} or {@code ${file:path}}. This is the text as
 * it was written, which may be stored and shown; what it stands for is known to {@link Secrets} at
 * the moment of use only.
 */
public record Secret(String reference) {}
