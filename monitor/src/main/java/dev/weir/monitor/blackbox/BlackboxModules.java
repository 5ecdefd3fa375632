// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.blackbox.ProbeModule.Prober;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The modules that a probe can be asked by. Immutable. */
public final class BlackboxModules {

  /** The module of requests that name none. */
  static final String DEFAULT_MODULE = "http_2xx";

  private final Map<String, ProbeModule> modules;

  private BlackboxModules(Map<String, ProbeModule> modules) {
    this.modules = Map.copyOf(modules);
  }

  /** Where there is no file: {@code http_2xx} alone. */
  public static BlackboxModules withoutFile() {
    return read("built in", "modules: {%s: {prober: http}}".formatted(DEFAULT_MODULE), Path.of(""));
  }

  /**
   * Those of a file ({@code --probe.config-file}); paths in it begin in its folder.
   *
   * @throws IllegalArgumentException where it can't be read, with a line for each problem
   */
  public static BlackboxModules load(Path file) {
    try {
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
      return read(file.toString(), Files.readString(file), folder);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": can't be read as a text", e);
    }
  }

  static BlackboxModules read(String file, String text, Path folder) {
    return new BlackboxModules(ModulesReader.read(file, text, folder));
  }

  /** A line for each module that is there but can't be asked, to be logged. */
  public List<String> unsupported() {
    List<String> lines = new ArrayList<>();
    modules.values().stream()
        .sorted(java.util.Comparator.comparing(ProbeModule::name))
        .forEach(module -> {
          if (module.prober() instanceof Prober.Unsupported(String reason)) {
            lines.add("module '%s' is not available: %s".formatted(module.name(), reason));
          }
        });
    return lines;
  }

  Optional<ProbeModule> named(String name) {
    return Optional.ofNullable(modules.get(name));
  }
}
