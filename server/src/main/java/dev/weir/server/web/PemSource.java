// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import java.nio.file.Path;

/** Where PEM text comes from. */
sealed interface PemSource {

  /** For messages: a path, or the key of the config file. */
  String place();

  /** A file, read again when it changes. */
  record File(Path path) implements PemSource {
    @Override
    public String place() {
      return path.toString();
    }
  }

  /** Text inside the config file. */
  record Inline(String place, String text) implements PemSource {}
}
