// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import java.util.List;

/** What becomes of a request for a probe. */
public sealed interface ProbeAnswer {

  /** Nothing was probed. */
  record Refused(int status, String text) implements ProbeAnswer {}

  /** Probed; whether with success is one of the metrics. */
  record Probed(List<ProbeMetric> metrics) implements ProbeAnswer {
    public Probed {
      metrics = List.copyOf(metrics);
    }
  }

  /**
   * The same for a person.
   *
   * @param log what happened, line by line
   * @param module how it was probed, without secrets
   */
  record Explained(List<String> log, List<ProbeMetric> metrics, String module)
      implements ProbeAnswer {
    public Explained {
      log = List.copyOf(log);
      metrics = List.copyOf(metrics);
    }
  }
}
