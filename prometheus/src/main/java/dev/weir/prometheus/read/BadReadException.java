// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

/** A request that can't be answered, whoever repeats it; its message is for the client. */
final class BadReadException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String text;

  BadReadException(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  String text() {
    return text;
  }
}
