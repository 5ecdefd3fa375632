// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.page;

/** What to put into prometheus.yml. */
final class PrometheusYaml {

  private PrometheusYaml() {}

  /**
   * The snippet for a server at this address. Reads take everything from Weir ({@code
   * read_recent}), because Prometheus' own blocks may be younger than what Weir has.
   */
  static String of(PageSettings settings, String base) {
    if (!settings.prometheus()) {
      return "# The prometheus door is closed; --doors=prometheus,console opens it.\n";
    }
    String access = access(settings);
    return "remote_write:\n"
        + "  - url: "
        + base
        + "/api/v1/write\n"
        + access
        + "\nremote_read:\n"
        + "  - url: "
        + base
        + "/api/v1/read\n"
        + "    read_recent: true\n"
        + access;
  }

  private static String access(PageSettings settings) {
    StringBuilder access = new StringBuilder();
    if (settings.password()) {
      access.append("    basic_auth:\n      username: USER\n      password_file: PASSWORD_FILE\n");
    }
    if (settings.tls()) {
      access.append("    tls_config:\n      ca_file: CA_FILE\n");
      if (settings.certificate()) {
        access.append("      cert_file: CLIENT_CERTIFICATE\n      key_file: CLIENT_KEY\n");
      }
    }
    return access.toString();
  }
}
