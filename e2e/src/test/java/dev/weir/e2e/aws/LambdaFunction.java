// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.aws;

/** A function, as what calls it sees it. */
public interface LambdaFunction {

  /** Calls it and waits for its end, whichever it is. */
  Invocation invoke(String event);
}
