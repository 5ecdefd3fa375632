// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

/** How much a text may hold before it is read at all. */
final class TextLimits {

  /** 10,000 sites of 1 KiB, and as much again. */
  static final int CHARACTERS_MAX = 20 << 20;

  /** The deepest field of a site is six deep in the widest envelope. */
  static final int DEPTH_MAX = 32;

  /** References to a YAML anchor. */
  static final int ALIASES_MAX = 10_000;

  /** Values after anchors have been put in the place of their references. */
  static final int VALUES_MAX = 2_000_000;

  private TextLimits() {}
}
