// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.aws;

/** How an invocation ended. */
public sealed interface Invocation {

  /** With an answer, JSON. */
  record Answered(String json) implements Invocation {}

  /** With an exception, without an answer in time, or with the end of the process. */
  record Failed(String error) implements Invocation {}
}
