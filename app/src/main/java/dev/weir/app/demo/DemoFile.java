// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demonstration sites as a file of sites, with the ports of this start. */
final class DemoFile {

  /** In the folder of the data, which is known by it. */
  static final String NAME = "demonstration-sites.yaml";

  /** What a demonstration can wait for, and a person. */
  private static final String INTERVAL = "10s";

  private DemoFile() {}

  /** Writes it into a folder, which is made where it is missing. */
  static Path write(Path folder, List<DemoSite> sites, DemoServers servers, String authority)
      throws IOException {
    StringBuilder text = new StringBuilder("sites:\n");
    for (DemoSite site : sites) {
      text.append("  - id: ").append(site.id()).append('\n');
      text.append("    name: \"").append(site.name()).append("\"\n");
      text.append("    group: \"").append(site.group()).append("\"\n");
      text.append("    endpoint: ").append(servers.endpoint(site)).append('\n');
      text.append("    interval: ").append(INTERVAL).append('\n');
      text.append("    requests: 2\n    timeout: 3s\n    confirm: 1\n");
      if (site.listener().encrypted()) {
        text.append("    tls:\n      ca: |\n");
        authority.lines().forEach(line -> text.append("        ").append(line).append('\n'));
      }
      if (site.listener() == DemoSite.Listener.MAIL) {
        text.append("    tcp: {steps: [{expect: ^220}]}\n");
      }
      site.more().forEach(line -> text.append("    ").append(line).append('\n'));
    }
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve(NAME), text);
  }
}
