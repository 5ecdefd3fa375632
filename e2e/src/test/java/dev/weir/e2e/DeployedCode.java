// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a template says of a function.
 *
 * @param zip as it is packaged
 * @param handler class and method
 * @param name of the function
 * @param region where it runs
 * @param timeout of an invocation
 */
record DeployedCode(Path zip, String handler, String name, String region, Duration timeout) {

  private static final String ACCOUNT = "123456789012";

  String arn() {
    return "arn:aws:lambda:" + region + ":" + ACCOUNT + ":function:" + name;
  }
}
