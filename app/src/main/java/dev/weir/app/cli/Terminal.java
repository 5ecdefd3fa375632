// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What surrounds the process.
 *
 * @param out what was asked for
 * @param error everything else
 * @param folder what relative paths start from
 */
public record Terminal(
    PrintStream out, PrintStream error, Map<String, String> environment, Path folder) {}
