// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads YAML with CloudFormation's tags: {@code !Sub x} becomes {@code {"Fn::Sub": x}}, as its long
 * form says it (CloudFormation user guide, "Intrinsic function reference"). Scalars stay texts.
 */
final class TemplateText {

  private static final String STANDARD_TAG = "tag:yaml.org";

  private TemplateText() {}

  static Map<String, Object> read(String yaml) {
    Node root =
        new Compose(LoadSettings.builder().build())
            .composeString(yaml)
            .orElseThrow(() -> new IllegalArgumentException("the template is empty"));
    return Shape.map(value(root));
  }

  private static Object value(Node node) {
    Object plain =
        switch (node) {
          case MappingNode mapping -> mapping(mapping);
          case SequenceNode sequence -> sequence(sequence);
          case ScalarNode scalar -> scalar.getValue();
          default -> throw new IllegalArgumentException("unknown node " + node);
        };
    String tag = node.getTag().getValue();
    if (tag.startsWith(STANDARD_TAG)) {
      return plain;
    }
    return switch (tag) {
      case "!Ref" -> Map.of("Ref", plain);
      case "!Condition" -> Map.of("Condition", plain);
      // A text names a resource and, behind the first dot, its attribute.
      case "!GetAtt" ->
          Map.of(
              "Fn::GetAtt", plain instanceof String text ? List.of(text.split("\\.", 2)) : plain);
      default -> Map.of("Fn::" + tag.substring(1), plain);
    };
  }

  private static Map<String, Object> mapping(MappingNode mapping) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Object name = value(tuple.getKeyNode());
      if (values.put(name.toString(), value(tuple.getValueNode())) != null) {
        throw new IllegalArgumentException(name + " is there twice");
      }
    }
    return values;
  }

  private static List<Object> sequence(SequenceNode sequence) {
    List<Object> values = new ArrayList<>();
    for (Node each : sequence.getValue()) {
      values.add(value(each));
    }
    return values;
  }
}
