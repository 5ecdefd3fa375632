// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.check.text.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what of one module has no counterpart here. */
final class ModuleNotes {

  private final List<String> unsupported = new ArrayList<>();

  /** Notes these where they are there, whatever they say. */
  void unsupported(Fields fields, String... names) {
    for (String name : names) {
      if (fields.has(name)) {
        unsupported.add(name);
      }
    }
  }

  /** Notes a flag where it is set. */
  void unsupportedWhereSet(Fields fields, String name) {
    if (fields.flag(name).orElse(false)) {
      unsupported.add(name);
    }
  }

  void unsupported(String what) {
    unsupported.add(what);
  }

  /** One reason, where there is any. */
  Optional<String> reason() {
    return unsupported.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(", ", unsupported) + " can't be done by Weir");
  }
}
