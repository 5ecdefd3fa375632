// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.packing;

import dev.weir.model.Dimension;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The samples of one scrape, in the text format of Prometheus, without escapes and times. */
record Exposition(List<Line> lines) {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"([^\"\\\\]*)\"");

  /** A sample; labels with an empty value are left out, as Prometheus does. */
  record Line(String name, List<Dimension> labels, double value) {}

  /** The scrape that comes with the benchmarks. */
  static Exposition ofNodeExporter() {
    try (InputStream file = Exposition.class.getResourceAsStream("node-exporter.txt")) {
      return parse(
          new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Exposition read(Path file) throws IOException {
    return parse(Files.readAllLines(file));
  }

  private static Exposition parse(List<String> text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Matcher sample = SAMPLE.matcher(line);
      if (!sample.matches()) {
        throw new IllegalArgumentException("not a sample without a time: " + line);
      }
      double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
      lines.add(new Line(sample.group(1), labels(sample.group(2)), value));
    }
    return new Exposition(List.copyOf(lines));
  }

  private static List<Dimension> labels(String text) {
    List<Dimension> labels = new ArrayList<>();
    if (text != null) {
      Matcher label = LABEL.matcher(text);
      while (label.find()) {
        if (!label.group(2).isEmpty()) {
          labels.add(new Dimension(label.group(1), label.group(2)));
        }
      }
    }
    return labels;
  }
}
