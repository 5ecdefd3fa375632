// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

import java.util.SortedMap;

/**
 * One value of our own metrics, as a scrape would see it.
 *
 * @param name with its suffix, such as {@code _total} or {@code _bucket}
 * @param labels without the name
 * @param value as of now
 */
public record Sample(String name, SortedMap<String, String> labels, double value) {}
