// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

/** Hears what remote read does. Thread-safe, quick, throws nothing. */
public interface ReadListener {

  /** One that does not listen. */
  ReadListener NONE = _ -> {};

  /** A request was answered, to the end of its body. */
  void answered(ReadReport report);
}
