// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the SDK's chain finds, by the JVM's properties; whatever the machine has elsewhere is out of
 * sight until this is closed.
 */
final class AmbientCredentials implements AutoCloseable {

  private final Map<String, String> before = new HashMap<>();

  AmbientCredentials(Path folder) {
    set("aws.disableEc2Metadata", "true");
    set("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
    set("aws.configFile", folder.resolve("config").toString());
  }

  AmbientCredentials with(String accessKey, String secret) {
    set("aws.accessKeyId", accessKey);
    set("aws.secretAccessKey", secret);
    return this;
  }

  AmbientCredentials and(String property, String value) {
    set(property, value);
    return this;
  }

  private void set(String property, String value) {
    before.putIfAbsent(property, String.valueOf(System.getProperty(property)));
    System.setProperty(property, value);
  }

  @Override
  public void close() {
    before.forEach((property, value) -> {
      if (value.equals("null")) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, value);
      }
    });
  }
}
