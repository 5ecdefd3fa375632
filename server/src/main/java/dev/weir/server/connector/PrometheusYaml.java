// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.connector;

/**
 * What to put into prometheus.yml.
 *
 * @param open whether the prometheus door is
 * @param tls whether addresses begin with https
 * @param password whether senders need a user and a password
 * @param certificate whether senders need a client certificate
 */
record PrometheusYaml(boolean open, boolean tls, boolean password, boolean certificate) {

  /** Stands for the server's address, which only who asks for it knows. */
  static final String BASE = "{base}";

  /**
   * The snippet. Reads take everything from Weir ({@code read_recent}), because Prometheus' own
   * blocks may be younger than what Weir has.
   */
  String text() {
    if (!open) {
      return "# The prometheus door is closed; --doors=prometheus,console opens it.\n";
    }
    String access = access();
    return "remote_write:\n"
        + "  - url: "
        + BASE
        + "/api/v1/write\n"
        + access
        + "\nremote_read:\n"
        + "  - url: "
        + BASE
        + "/api/v1/read\n"
        + "    read_recent: true\n"
        + access;
  }

  private String access() {
    StringBuilder access = new StringBuilder();
    if (password) {
      access.append("    basic_auth:\n      username: USER\n      password_file: PASSWORD_FILE\n");
    }
    if (tls) {
      access.append("    tls_config:\n      ca_file: CA_FILE\n");
      if (certificate) {
        access.append("      cert_file: CLIENT_CERTIFICATE\n      key_file: CLIENT_KEY\n");
      }
    }
    return access.toString();
  }
}
