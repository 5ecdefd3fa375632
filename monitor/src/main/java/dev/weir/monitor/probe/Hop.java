// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import org.jspecify.annotations.Nullable;

/**
 * One request of a chain of redirects; most requests have one hop.
 *
 * @param target the URI or {@code host:port}
 * @param status null where no head arrived
 * @param version such as {@code HTTP/1.1}; null where no head arrived
 */
public record Hop(
    String target,
    Phases phases,
    @Nullable Peer peer,
    @Nullable Integer status,
    @Nullable String version) {}
