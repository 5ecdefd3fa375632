// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

/** A process that takes remote write and answers remote read. */
interface Receiver extends AutoCloseable {

  Web web();

  /** SIGKILL and a new start on the same port. */
  void killAndRestart();

  /** What a Prometheus has to say to it, as a line of YAML, or nothing. */
  default String credentialsYaml() {
    return "";
  }

  @Override
  void close();
}
