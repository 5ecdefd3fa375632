// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What is to be checked: a site, its endpoint as one of the protocols' checks, how often and from
 * where, and what is expected of it. All of it is valid from birth; texts (YAML, JSON, items of
 * DynamoDB) are read in the package below, which says file, line and reason.
 */
@NullMarked
package dev.weir.monitor.check;

import org.jspecify.annotations.NullMarked;
