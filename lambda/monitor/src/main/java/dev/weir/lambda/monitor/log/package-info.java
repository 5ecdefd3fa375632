// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the functions say of themselves: lines of JSON with the request's id, function and cold
 * start, and counts as metrics in CloudWatch's embedded format. Nothing of an event is ever written
 * but ids and reasons: definitions of sites may hold URLs that are nobody's business.
 */
@NullMarked
package dev.weir.lambda.monitor.log;

import org.jspecify.annotations.NullMarked;
