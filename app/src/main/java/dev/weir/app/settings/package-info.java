// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * Settings: each flag is declared once, with its name, type, default and description. The command
 * line, the environment, {@code weir.yaml}, the help and the page in the documentation are all read
 * from that declaration. A flag wins over the environment, that over the file, that over the
 * default.
 */
@NullMarked
package dev.weir.app.settings;

import org.jspecify.annotations.NullMarked;
