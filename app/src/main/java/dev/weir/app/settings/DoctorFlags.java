// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import java.util.List;
import java.util.stream.Stream;

/** The flags of {@code weir doctor}: the connector's, and how it prints. */
public final class DoctorFlags {

  public static final Flag<Boolean> JSON = Flag.ofBoolean("json", "Print the result as JSON.");

  /** All of them, in the order of the help. */
  public static final List<Flag<?>> ALL =
      Stream.concat(ConnectorFlags.ALL.stream(), Stream.<Flag<?>>of(JSON)).toList();

  private DoctorFlags() {}
}
