// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the functions are made of, by the files that say so. */
class PackageTest {

  private static final Path ROOT = root();
  private static final Path ROOM = ROOT.resolve("lambda/monitor");
  private static final Set<String> MADE =
      Set.of("target", ".git", ".quick", ".cache", ".terraform", "node_modules");

  @Test
  void b12EveryLibraryIsPinnedAndPackedAndNothingIsFetchedAtAStart() {
    assertThat(read(ROOM.resolve("src/assembly/zip.xml")))
        .contains("<outputDirectory>lib</outputDirectory>")
        .contains("<scope>runtime</scope>");
    for (Path pom : List.of(ROOT.resolve("pom.xml"), ROOM.resolve("pom.xml"))) {
      assertThat(
              Pattern.compile("<dependency>(?:(?!</dependency>)[\\s\\S])*?<version>([^<]*)<")
                  .matcher(read(pom))
                  .results()
                  .map((MatchResult version) -> version.group(1)))
          .as("versions of %s", pom)
          .isNotEmpty()
          .allMatch(version -> version.matches("\\$\\{[a-z0-9.-]+}|[\\w.-]+"))
          .noneMatch(version -> version.matches("LATEST|RELEASE|.*-SNAPSHOT"));
    }
    assertThat(files(ROOM.resolve("src/main"), name -> name.endsWith(".java")))
        .isNotEmpty()
        .allSatisfy(file ->
            assertThat(read(file))
                .as("%s", file)
                .doesNotContain("ProcessBuilder")
                .doesNotContain("Runtime.getRuntime()")
                .doesNotContain("ClassLoader"));
  }

  @Test
  void b17TheRuntimeIsTheBuildsOwnAndNoLibraryIsCheckedIn() {
    String release =
        Pattern.compile("<maven.compiler.release>(\\d+)<")
            .matcher(read(ROOT.resolve("pom.xml")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    assertThat(read(ROOT.resolve("deploy/monitoring/variables-functions.tf")))
        .containsPattern("variable \"runtime\" \\{[^}]*default     = \"java" + release + "\"");
    assertThat(files(ROOT, name -> name.matches(".*\\.(jar|class|so|dll|dylib|pyc)"))).isEmpty();
  }

  private static List<Path> files(Path folder, Predicate<String> wanted) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
              return MADE.contains(String.valueOf(at.getFileName()))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (wanted.test(String.valueOf(file.getFileName()))) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(at.resolve("deploy/monitoring"))) {
      at = at.getParent();
    }
    return at;
  }
}
