// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads {@code weir.yaml}: a flat mapping from flag names to scalars, or lists of them. */
final class SettingsFile {

  /** A settings file is a page; more is a mistake. */
  private static final long BYTES_MAX = 1 << 20;

  /**
   * A value as it stands in the file.
   *
   * @param line counted from 1
   */
  record Entry(String text, int line) {}

  private final Path file;

  SettingsFile(Path file) {
    this.file = file;
  }

  /** All entries by flag name. */
  Map<String, Entry> read(Collection<Flag<?>> known) {
    Optional<Node> root;
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new UsageException(file + " is larger than 1MiB");
      }
      root =
          new Compose(LoadSettings.builder().setLabel(file.toString()).build())
              .composeString(Files.readString(file));
    } catch (IOException e) {
      throw new UsageException(file + " cannot be read: " + e.getClass().getSimpleName());
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new UsageException(file + ":" + line + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new UsageException(file + ": " + e.getMessage());
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    root.ifPresent(node -> readMapping(node, known, entries));
    return entries;
  }

  private void readMapping(Node root, Collection<Flag<?>> known, Map<String, Entry> entries) {
    Map<String, Flag<?>> byName = new LinkedHashMap<>();
    known.forEach(flag -> byName.put(flag.name(), flag));
    if (!(root instanceof MappingNode mapping)) {
      throw fail(root, "is not a mapping from flag names to values");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Node keyNode = tuple.getKeyNode();
      if (!(keyNode instanceof ScalarNode key)) {
        throw fail(keyNode, "a key is not a flag name");
      }
      String name = key.getValue();
      if (name.equals(ServeFlags.CONFIG_FILE.name())) {
        throw fail(key, name + " cannot stand in the file that it names");
      }
      Flag<?> flag = byName.get(name);
      if (flag == null) {
        throw fail(key, "unknown setting " + name + Suggestion.hint("", name, byName.keySet()));
      }
      Entry entry = new Entry(text(flag, tuple.getValueNode()), line(key));
      if (entries.put(name, entry) != null) {
        throw fail(key, name + " is given twice");
      }
    }
  }

  private String text(Flag<?> flag, Node value) {
    if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return scalar.getValue();
    }
    if (value instanceof SequenceNode sequence) {
      List<String> words = new ArrayList<>();
      sequence.getValue().forEach(word -> words.add(text(flag, word)));
      String separator = flag.type().separator();
      return String.join(separator.isEmpty() ? "," : separator, words);
    }
    throw fail(
        value,
        flag.name() + (value instanceof ScalarNode ? " has no value" : " takes a single value"));
  }

  private UsageException fail(Node node, String problem) {
    return new UsageException(file + ":" + line(node) + ": " + problem);
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
