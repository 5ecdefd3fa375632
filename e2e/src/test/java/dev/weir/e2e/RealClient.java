// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** The programs that Weir must get on with; where one is absent, the test is skipped. */
enum RealClient {
  PROMETHEUS("WEIR_PROMETHEUS", "prometheus"),
  NODE_EXPORTER("WEIR_NODE_EXPORTER", "prometheus-node-exporter"),
  VMAGENT("WEIR_VMAGENT", "victoria-metrics"),
  BLACKBOX("WEIR_BLACKBOX", "prometheus-blackbox-exporter"),
  ALERTMANAGER("WEIR_ALERTMANAGER", "prometheus-alertmanager"),
  MOTO("WEIR_MOTO", "installs", "moto from PyPI");

  private final String variable;
  private final String howItComes;

  RealClient(String variable, String debianPackage) {
    this(variable, "unpacks", "Debian's " + debianPackage);
  }

  RealClient(String variable, String verb, String program) {
    this.variable = variable;
    this.howItComes = ".ci/run " + verb + " " + program + " and sets it";
  }

  /** The absolute path of the program. */
  String binary() {
    String path = System.getenv(variable);
    if (path == null || path.isBlank()) {
      return abort(variable + " is not set; " + howItComes);
    }
    if (!Files.isExecutable(Path.of(path))) {
      throw new IllegalStateException(variable + " is " + path + ": no such program");
    }
    return path;
  }
}
