// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is in an archive, as CycloneDX 1.6 in JSON: each file of {@code lib} with its sum and, for a
 * jar, its coordinates and licence as Maven knows them, and the Java runtime if there is one. The
 * serial number is made of the content, so that the same archive has the same.
 */
final class BillOfMaterials {

  /** The identifier behind what poms say. */
  private static final Map<String, String> SPDX =
      Map.ofEntries(
          Map.entry("Apache-2.0", "Apache-2.0"),
          Map.entry("Apache 2.0", "Apache-2.0"),
          Map.entry("Apache License, Version 2.0", "Apache-2.0"),
          Map.entry("The Apache License, Version 2.0", "Apache-2.0"),
          Map.entry("The Apache Software License, Version 2.0", "Apache-2.0"),
          Map.entry("BSD-3-Clause", "BSD-3-Clause"),
          Map.entry("EPL-2.0", "EPL-2.0"),
          Map.entry("EPL 2.0", "EPL-2.0"),
          Map.entry("LGPL-2.1-only", "LGPL-2.1-only"),
          Map.entry("MIT", "MIT"),
          Map.entry("MIT License", "MIT"),
          Map.entry("MIT-0", "MIT-0"));

  private final String name;
  private final String version;
  private final Instant time;

  BillOfMaterials(String name, String version, Instant time) {
    this.name = name;
    this.version = version;
    this.time = time;
  }

  /**
   * The text.
   *
   * @param contents the file behind each name in the archive
   * @param classPath the jars where Maven has them, with their poms beside them
   */
  String text(Map<String, Path> contents, List<Path> classPath, Optional<RuntimeImage> runtime)
      throws Exception {
    List<String> components = new ArrayList<>();
    List<String> references = new ArrayList<>();
    for (Map.Entry<String, Path> content : contents.entrySet()) {
      String path = content.getKey();
      if (path.startsWith("lib/")) {
        components.add(
            path.endsWith(".jar")
                ? jar(path, content.getValue(), classPath, references)
                : file(path, content.getValue(), references));
      }
    }
    if (runtime.isPresent()) {
      components.add(platform(runtime.get(), references));
    }
    String body =
        """
          "version": 1,
          "metadata": {
            "timestamp": "%s",
            "component": {
              "type": "application",
              "bom-ref": "%s",
              "name": "%s",
              "version": "%s",
              "licenses": [{"license": {"id": "Apache-2.0"}}]
            }
          },
          "components": [
        %s
          ],
          "dependencies": [
            {"ref": "%s", "dependsOn": [%s]}
          ]
        }
        """
            .formatted(
                time,
                name,
                name,
                version,
                String.join(",\n", components),
                name,
                String.join(", ", references.stream().map(r -> quoted(r)).toList()));
    UUID serial = UUID.nameUUIDFromBytes(body.getBytes(StandardCharsets.UTF_8));
    return """
    {
      "bomFormat": "CycloneDX",
      "specVersion": "1.6",
      "serialNumber": "urn:uuid:%s",
    """
            .formatted(serial)
        + body;
  }

  private String jar(String path, Path file, List<Path> classPath, List<String> references)
      throws Exception {
    MavenArtifact artifact = MavenArtifact.of(file.getFileName().toString(), classPath, version);
    references.add(artifact.packageUrl());
    List<String> licences = new ArrayList<>();
    for (MavenArtifact.Licence licence : artifact.licences()) {
      String key = SPDX.containsKey(licence.name()) ? "id" : "name";
      String named = quoted(SPDX.getOrDefault(licence.name(), licence.name()));
      String address = licence.url().isEmpty() ? "" : ", \"url\": " + quoted(licence.url());
      licences.add("{\"license\": {\"%s\": %s%s}}".formatted(key, named, address));
    }
    return component(
        """
              "type": "library",
              "bom-ref": %1$s,
              "group": %2$s,
              "name": %3$s,
              "version": %4$s,
              "purl": %1$s,
              "licenses": [%5$s],
              %6$s
        """
            .formatted(
                quoted(artifact.packageUrl()),
                quoted(artifact.group()),
                quoted(artifact.name()),
                quoted(artifact.version()),
                String.join(", ", licences),
                sumAndPath(path, file)));
  }

  private static String file(String path, Path file, List<String> references) throws IOException {
    references.add(path);
    return component(
        """
              "type": "file",
              "bom-ref": %1$s,
              "name": %2$s,
              %3$s
        """
            .formatted(
                quoted(path), quoted(file.getFileName().toString()), sumAndPath(path, file)));
  }

  private static String platform(RuntimeImage runtime, List<String> references) throws IOException {
    Map<String, String> release = runtime.release();
    String version = release.getOrDefault("JAVA_RUNTIME_VERSION", release.get("JAVA_VERSION"));
    references.add("runtime");
    return component(
        """
              "type": "platform",
              "bom-ref": "runtime",
              "publisher": %1$s,
              "name": "OpenJDK",
              "version": %2$s,
              "licenses": [{"expression": "GPL-2.0-only WITH Classpath-exception-2.0"}],
              %3$s
        """
            .formatted(
                quoted(release.getOrDefault("IMPLEMENTOR", "unknown")),
                quoted(version),
                sumAndPath("runtime/lib/modules", runtime.folder().resolve("lib/modules"))));
  }

  private static String sumAndPath(String path, Path file) throws IOException {
    return """
    "hashes": [{"alg": "SHA-256", "content": "%s"}],
          "properties": [{"name": "weir:path", "value": %s}]\
    """
        .formatted(ArchiveFile.sha256(file), quoted(path));
  }

  private static String component(String members) {
    return "    {\n" + members + "    }";
  }

  /** The names and addresses in poms have no control characters left once they are stripped. */
  private static String quoted(String text) {
    String plain = text.strip().replaceAll("\\s+", " ");
    return '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
