// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

/** Is told what became of changes, for whoever counts. Called from several threads. */
public interface ConfigurationListener {

  /** A change after which nothing runs differently. */
  default void unchanged() {}

  /** A site whose schedules were made so. */
  default void settled(int puts, int removals) {}

  /** A site or a record that can't be as it stands, however often it comes. */
  default void refused() {}

  /** A site that could not be settled now. */
  default void postponed() {}

  /** Nobody counts. */
  static ConfigurationListener silent() {
    return new ConfigurationListener() {};
  }
}
