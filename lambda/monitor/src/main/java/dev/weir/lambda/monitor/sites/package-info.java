// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The sites' API behind an API Gateway: an event becomes a request of {@link
 * dev.weir.api.site.SitesApi}, its response the answer. Whoever the gateway let in with IAM is the
 * operator; nobody else is let in. What is changed here reaches the schedules by the table's
 * stream, a few seconds later.
 */
@NullMarked
package dev.weir.lambda.monitor.sites;

import org.jspecify.annotations.NullMarked;
