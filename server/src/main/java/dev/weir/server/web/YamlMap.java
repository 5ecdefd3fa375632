// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of a YAML file whose keys are known; each complaint names file and line. */
public final class YamlMap {

  private final String file;
  private final String name;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private YamlMap(String file, String name, @Nullable Node node) {
    this.file = file;
    this.name = name;
    if (node == null || isNull(node)) {
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      throw complaint(file, line(node), what(name) + " must be a mapping");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw complaint(file, line(tuple.getKeyNode()), "a key must be plain text");
      }
      if (values.put(key.getValue(), tuple.getValueNode()) != null) {
        throw complaint(file, line(key), "key " + key.getValue() + " is there twice");
      }
      lines.put(key.getValue(), line(key));
    }
  }

  /**
   * Reads a text.
   *
   * @param file names it in complaints: {@code web config web.yml}
   */
  public static YamlMap parse(String file, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(true).build();
    try {
      return new YamlMap(file, "", new Compose(settings).composeString(text).orElse(null));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw complaint(file, line, Optional.ofNullable(e.getProblem()).orElse("not YAML"));
    } catch (YamlEngineException e) {
      throw complaint(file, 0, "not YAML: " + String.valueOf(e.getMessage()).lines().findFirst());
    }
  }

  /** Refuses all keys but these. */
  public YamlMap only(Set<String> known) {
    for (Map.Entry<String, Integer> key : lines.entrySet()) {
      if (!known.contains(key.getKey())) {
        throw complaint(
            file,
            key.getValue(),
            "unknown key "
                + key.getKey()
                + (name.isEmpty() ? "" : " in " + name)
                + "; known are "
                + String.join(", ", new TreeSet<>(known)));
      }
    }
    return this;
  }

  public boolean has(String key) {
    return values.containsKey(key) && !isNull(values.get(key));
  }

  public YamlMap map(String key) {
    return new YamlMap(file, key, values.get(key));
  }

  public Optional<String> text(String key) {
    return has(key) ? Optional.of(scalar(key, values.get(key))) : Optional.empty();
  }

  public boolean flag(String key, boolean otherwise) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    return switch (text.get()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw complaint(key, "must be true or false");
    };
  }

  public List<String> list(String key) {
    List<String> all = new ArrayList<>();
    Node node = values.get(key);
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> all.add(scalar(key, item)));
    } else if (has(key)) {
      throw complaint(key, "must be a list");
    }
    return all;
  }

  /** All keys, in order. */
  public List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /** All keys with their texts, in order. */
  public Map<String, String> texts() {
    Map<String, String> all = new LinkedHashMap<>();
    values.forEach((key, node) -> all.put(key, scalar(key, node)));
    return all;
  }

  /** A complaint about the value of a key. */
  public ServerConfigException complaint(String key, String what) {
    return complaint(file, lines.getOrDefault(key, 0), key + " " + what);
  }

  private String scalar(String key, @Nullable Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw complaint(key, "must be plain text");
  }

  private static String what(String name) {
    return name.isEmpty() ? "the file" : name;
  }

  private static boolean isNull(@Nullable Node node) {
    return node != null && node.getTag().equals(Tag.NULL);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static ServerConfigException complaint(String file, int line, String what) {
    return new ServerConfigException(file + (line > 0 ? " line " + line : "") + ": " + what);
  }
}
