// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.house;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of this checkout: what is written by hand, without what a build or a run leaves. */
public record Checkout(Path root) {

  private static final Set<String> SKIPPED =
      Set.of("target", "node_modules", ".git", ".cache", ".idea", "weir-data", "weir-demo-data");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  /** Found upwards from the folder that the tests run in. */
  public static Checkout ofThisBuild() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(".ci/run"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException(
            "no checkout of Weir above " + Path.of("").toAbsolutePath());
      }
    }
    return new Checkout(folder);
  }

  /** The rooms in the order of the root pom, those of its profiles last. */
  List<String> rooms() {
    List<String> rooms = new ArrayList<>();
    Matcher module = MODULE.matcher(text(root.resolve("pom.xml")));
    while (module.find()) {
      rooms.add(module.group(1));
    }
    return rooms;
  }

  /** Every file whose path ends so, relative to the root. */
  List<Path> files(String suffix) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return SKIPPED.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(suffix)) {
                found.add(root.relativize(file));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().sorted().toList();
  }

  public String read(Path relative) {
    return text(root.resolve(relative));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
