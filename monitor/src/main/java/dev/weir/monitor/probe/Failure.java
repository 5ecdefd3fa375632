// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import org.jspecify.annotations.Nullable;

/**
 * Why something failed.
 *
 * @param sentence one sentence that a person can act on; no secret, no class name
 * @param expectation the expectation that was not met, such as {@code latency <= 2s}; null where
 *     none was reached
 */
public record Failure(ErrorClass errorClass, String sentence, @Nullable String expectation) {

  public Failure {
    if (errorClass == ErrorClass.NONE) {
      throw new IllegalArgumentException("a failure has a class");
    }
  }

  /** A failure before anything could be expected. */
  public Failure(ErrorClass errorClass, String sentence) {
    this(errorClass, sentence, null);
  }
}
