// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import org.jspecify.annotations.Nullable;

/**
 * A check can't be made for a reason of our own, such as a limit of this machine: it says nothing
 * of the site. The message is a sentence for whoever operates it.
 */
final class Unable extends RuntimeException {

  private static final long serialVersionUID = 1;

  Unable(String sentence) {
    super(sentence);
  }

  Unable(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
