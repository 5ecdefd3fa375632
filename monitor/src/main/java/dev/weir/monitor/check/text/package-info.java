// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Sites as texts. {@link dev.weir.monitor.check.text.SiteReader} takes YAML, JSON and items of
 * DynamoDB and gives sites, or every problem with its file, line and field; {@link
 * dev.weir.monitor.check.text.SiteWriter} writes a site as the one JSON text that it is stored and
 * exported as. A text becomes {@code Value}s with lines, those are asked for as {@code Fields}, and
 * one class a topic makes the parts of a site of them.
 */
@NullMarked
package dev.weir.monitor.check.text;

import org.jspecify.annotations.NullMarked;
