// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Phases;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parts of a hop, in their order. */
enum Part {
  DNS,
  CONNECT,
  TLS,
  SEND,
  WAIT,
  BODY;

  /** As JSON and people call it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Null where it was not reached. */
  @Nullable Long nanos(Phases phases) {
    long nanos =
        switch (this) {
          case DNS -> phases.dns();
          case CONNECT -> phases.connect();
          case TLS -> phases.tls();
          case SEND -> phases.send();
          case WAIT -> phases.waiting();
          case BODY -> phases.body();
        };
    return nanos == Phases.NOT_REACHED ? null : nanos;
  }

  /** The one that a hop ended in; null where it did not begin. */
  static @Nullable Part last(Phases phases) {
    Part last = null;
    for (Part each : values()) {
      if (each.nanos(phases) != null) {
        last = each;
      }
    }
    return last;
  }

  /** From a hop's beginning to the end of the answer's head; null where no head arrived. */
  static @Nullable Long headNanos(Hop hop) {
    if (hop.status() == null || WAIT.nanos(hop.phases()) == null) {
      return null;
    }
    Long body = BODY.nanos(hop.phases());
    return hop.phases().totalNanos() - (body == null ? 0 : body);
  }
}
