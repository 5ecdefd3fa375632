// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

/** A site of one customer, as one region sees it. */
public record SiteRegion(String siteId, String region) {}
