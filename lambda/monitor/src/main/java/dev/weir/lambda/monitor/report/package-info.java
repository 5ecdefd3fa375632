// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What became of one slot of one site, on its way from the check function to the writer: the
 * records as they will be stored, and what decides about an incident.
 */
@NullMarked
package dev.weir.lambda.monitor.report;

import org.jspecify.annotations.NullMarked;
