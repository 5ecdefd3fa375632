// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

/** Hears what remote write does; counts and logs. Thread-safe, quick, throws nothing. */
public interface WriteListener {

  /** One that does not listen. */
  WriteListener NONE = _ -> {};

  /** A request was answered. */
  void answered(WriteReport report);

  /** Something an operator should read; at most one per kind and minute, without label values. */
  default void warned(String line) {}
}
