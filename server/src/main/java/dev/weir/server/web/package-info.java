// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Who may come in, and over what: the web config file in exporter-toolkit form, its users, TLS with
 * certificates from PEM files, client certificates. Everything is read again when a file changes; a
 * broken new file leaves the old one in force.
 */
@NullMarked
package dev.weir.server.web;

import org.jspecify.annotations.NullMarked;
