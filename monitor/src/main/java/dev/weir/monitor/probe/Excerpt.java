// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

/** Foreign text within our sentences: short, on one line, without control characters. */
final class Excerpt {

  static final int CHARACTERS_MAX = 80;

  private Excerpt() {}

  static String of(String text) {
    StringBuilder excerpt = new StringBuilder();
    int[] points = text.codePoints().limit(CHARACTERS_MAX + 1L).toArray();
    for (int i = 0; i < Math.min(points.length, CHARACTERS_MAX); i++) {
      boolean shown = !Character.isISOControl(points[i]) && Character.isDefined(points[i]);
      excerpt.appendCodePoint(shown ? points[i] : '.');
    }
    return points.length > CHARACTERS_MAX ? excerpt + "…" : excerpt.toString();
  }
}
