// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import java.util.List;

/** The flags of {@code weir demo}: those of {@code weir serve}, with a folder of its own. */
public final class DemoFlags {

  private static final Flag<?> DATA_DIR =
      Flag.of(
          ServeFlags.DATA_DIR.name(),
          ServeFlags.DATA_DIR.type(),
          "./weir-demo-data",
          ServeFlags.DATA_DIR.description());

  /** All of them, in the order of the help. */
  public static final List<Flag<?>> ALL =
      ServeFlags.ALL.stream().<Flag<?>>map(DemoFlags::own).toList();

  private DemoFlags() {}

  private static Flag<?> own(Flag<?> flag) {
    return flag.name().equals(DATA_DIR.name()) ? DATA_DIR : flag;
  }
}
