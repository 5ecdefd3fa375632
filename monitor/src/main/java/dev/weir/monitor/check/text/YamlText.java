// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads one document of YAML 1.2. */
final class YamlText {

  private int values;

  private YamlText() {}

  /** The document; empty where the text holds none. */
  static Optional<Value> read(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(TextLimits.CHARACTERS_MAX)
            .setMaxAliasesForCollections(TextLimits.ALIASES_MAX)
            .build();
    try {
      return new Compose(settings).composeString(text).map(new YamlText()::top);
    } catch (MarkedYamlEngineException e) {
      throw new MalformedText(
          e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
          "not YAML: " + Optional.ofNullable(e.getProblem()).orElse("it can't be read"));
    } catch (YamlEngineException e) {
      throw new MalformedText(
          1, "not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } catch (StackOverflowError e) {
      throw tooDeep(1);
    }
  }

  private Value top(Node node) {
    return value(node, 1);
  }

  private Value value(Node node, int depth) {
    int line = line(node);
    if (depth > TextLimits.DEPTH_MAX) {
      throw tooDeep(line);
    }
    if (++values > TextLimits.VALUES_MAX) {
      throw new MalformedText(
          line, "more than %,d values, anchors included".formatted(TextLimits.VALUES_MAX));
    }
    return switch (node) {
      case ScalarNode scalar -> new Value.Scalar(line, scalar.getValue(), kind(scalar));
      case SequenceNode sequence -> {
        List<Value> all = new ArrayList<>();
        sequence.getValue().forEach(each -> all.add(value(each, depth + 1)));
        yield new Value.Listing(line, all);
      }
      case MappingNode mapping -> {
        List<Value.Entry> entries = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
          if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            throw new MalformedText(line(tuple.getKeyNode()), "the name of a field is plain text");
          }
          entries.add(
              new Value.Entry(line(key), key.getValue(), value(tuple.getValueNode(), depth + 1)));
        }
        yield new Value.Mapping(line, entries);
      }
      case AnchorNode anchor -> value(anchor.getRealNode(), depth + 1);
      default -> throw new MalformedText(line, "neither a text, a list nor a mapping");
    };
  }

  private static Value.Scalar.Kind kind(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.STR)) {
      return Value.Scalar.Kind.TEXT;
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return Value.Scalar.Kind.NUMBER;
    }
    if (tag.equals(Tag.BOOL)) {
      return Value.Scalar.Kind.FLAG;
    }
    if (tag.equals(Tag.NULL)) {
      return Value.Scalar.Kind.NOTHING;
    }
    throw new MalformedText(line(scalar), "tags such as " + tag.getValue() + " mean nothing here");
  }

  private static MalformedText tooDeep(int line) {
    return new MalformedText(line, "nested deeper than %d".formatted(TextLimits.DEPTH_MAX));
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
