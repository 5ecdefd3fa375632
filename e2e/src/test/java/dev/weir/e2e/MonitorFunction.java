// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import java.nio.file.Path;
import java.time.Duration;

/** The functions of {@code deploy/monitoring}, as they are called there. */
enum MonitorFunction {
  CONFIGURATION("cpt-monitoring-configuration", "ConfigurationHandler", "cpt_configuration_latest"),
  RECONCILE("cpt-monitoring-reconcile", "ReconcileHandler", "live"),
  TICK("cpt-monitoring-tick", "TickHandler", "live"),
  CHECK("cpt-monitoring", "CheckHandler", "live"),
  WRITER("cpt-monitoring-writer", "WriterHandler", "live"),
  NOTICES("cpt-monitoring-notices", "NoticeHandler", "live"),
  ROLLUP("cpt-monitoring-rollup", "RollupHandler", "live"),
  SITES("cpt-monitoring-sites", "SitesHandler", "live");

  static final Path ZIP =
      Path.of("..", "lambda", "monitor", "target", "weir-lambda-monitor.zip")
          .toAbsolutePath()
          .normalize();

  private final String functionName;
  private final String handler;
  private final String alias;

  MonitorFunction(String functionName, String handler, String alias) {
    this.functionName = functionName;
    this.handler = "dev.weir.lambda.monitor." + handler + "::handleRequest";
    this.alias = alias;
  }

  String handler() {
    return handler;
  }

  /** What its access key is made of. */
  String caller(String region) {
    return name() + region;
  }

  DeployedCode code(String region, Duration timeout) {
    return new DeployedCode(ZIP, handler, functionName, region, timeout);
  }

  /** Whether a call was made by it, in any region. */
  boolean made(AwsCall call) {
    return call.caller().startsWith(LocalAws.callerKey(name()));
  }

  /** Of its alias in a region. */
  String arn(String region) {
    return code(region, Duration.ZERO).arn() + ":" + alias;
  }
}
