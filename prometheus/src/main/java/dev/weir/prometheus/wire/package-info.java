// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The bytes of Prometheus' remote protocols: snappy blocks, protobuf fields, XOR chunks and
 * streamed frames.
 *
 * <p>Hand-written and streaming: a reader walks the unpacked bytes by offsets and makes no object
 * per sample. Whatever is wrong with bytes from outside is a {@link
 * dev.weir.prometheus.wire.MalformedBodyException}. Knows nothing of stores or of HTTP.
 */
@NullMarked
package dev.weir.prometheus.wire;

import org.jspecify.annotations.NullMarked;
