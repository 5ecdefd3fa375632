// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The sites that are checked: {@code weir sites}, which asks a running Weir for plans, lists and
 * changes, and the file of {@code --sites.file}, which a running Weir follows.
 */
@NullMarked
package dev.weir.app.sites;

import org.jspecify.annotations.NullMarked;
