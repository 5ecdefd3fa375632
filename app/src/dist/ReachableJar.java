// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The part of a jar that can be reached from a few of its classes: so the connector's archive has
 * no class that would ask for a store which is not there. Whatever looks like a name of the jar's
 * classes in the constants of a class counts as reached, and so does a class that the jar provides
 * as a service. Files that are no classes all go along.
 */
final class ReachableJar {

  private static final String SUFFIX = ".class";
  private static final String SERVICES = "META-INF/services/";
  private static final Pattern NAME = Pattern.compile("[\\w/$]+");

  private ReachableJar() {}

  /** Writes the part, which begins at the first root. */
  static void write(Path whole, Path part, List<String> roots, Instant time) throws IOException {
    try (ZipFile jar = new ZipFile(whole.toFile())) {
      Set<String> reached = reached(jar, roots);
      copy(
          jar,
          name -> !name.endsWith("/") && (!name.endsWith(SUFFIX) || reached.contains(name)),
          manifest(jar, roots),
          part,
          time);
    }
  }

  /**
   * Writes the same jar without the modes of files, in which Maven keeps the umask of the build.
   */
  static void writeWhole(Path whole, Path same, Instant time) throws IOException {
    try (ZipFile jar = new ZipFile(whole.toFile())) {
      copy(jar, _ -> true, bytes(jar, JarFile.MANIFEST_NAME), same, time);
    }
  }

  /** Writes the same jar, as {@link #writeWhole}, without what is in a folder. */
  static void writeWithout(String folder, Path whole, Path part, Instant time) throws IOException {
    try (ZipFile jar = new ZipFile(whole.toFile())) {
      copy(jar, name -> !name.startsWith(folder), bytes(jar, JarFile.MANIFEST_NAME), part, time);
    }
  }

  private static void copy(
      ZipFile jar, Predicate<String> wanted, byte[] manifest, Path target, Instant time)
      throws IOException {
    try (OutputStream file = Files.newOutputStream(target);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (String name : jar.stream().map(ZipEntry::getName).sorted().toList()) {
        if (!wanted.test(name)) {
          continue;
        }
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        out.putNextEntry(entry);
        out.write(name.equals(JarFile.MANIFEST_NAME) ? manifest : bytes(jar, name));
        out.closeEntry();
      }
    }
  }

  /** The jar's own, except that it begins at the first root. */
  private static byte[] manifest(ZipFile jar, List<String> roots) throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(bytes(jar, JarFile.MANIFEST_NAME)));
    manifest
        .getMainAttributes()
        .put(Attributes.Name.MAIN_CLASS, roots.getFirst().replace('/', '.'));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    manifest.write(text);
    return text.toByteArray();
  }

  private static Set<String> reached(ZipFile jar, List<String> roots) throws IOException {
    Set<String> reached = new TreeSet<>();
    Deque<String> ahead = new ArrayDeque<>();
    for (String root : roots) {
      ahead.add(root + SUFFIX);
    }
    for (String name : jar.stream().map(ZipEntry::getName).toList()) {
      if (name.startsWith(SERVICES) && !name.endsWith("/")) {
        String provided = new String(bytes(jar, name), StandardCharsets.UTF_8);
        provided
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .forEach(line -> ahead.add(line.replace('.', '/') + SUFFIX));
      }
    }
    while (!ahead.isEmpty()) {
      String name = ahead.remove();
      if (reached.add(name)) {
        for (String seen : namesIn(bytes(jar, name))) {
          if (jar.getEntry(seen) != null) {
            ahead.add(seen);
          }
        }
      }
    }
    return reached;
  }

  private static Set<String> namesIn(byte[] classFile) {
    Set<String> names = new TreeSet<>();
    for (PoolEntry entry : ClassFile.of().parse(classFile).constantPool()) {
      if (entry instanceof Utf8Entry text) {
        Matcher name = NAME.matcher(text.stringValue());
        while (name.find()) {
          // In a descriptor an L stands before the name.
          names.add(name.group() + SUFFIX);
          names.add(name.group().substring(1) + SUFFIX);
        }
      }
    }
    return names;
  }

  private static byte[] bytes(ZipFile jar, String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    if (entry == null) {
      throw new IOException(jar.getName() + " has no " + name);
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
