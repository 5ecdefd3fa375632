// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.log;

/** The log holds bytes that Weir did not write there; it is not read past them. */
public final class CorruptLogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CorruptLogException(String message) {
    super(message);
  }
}
