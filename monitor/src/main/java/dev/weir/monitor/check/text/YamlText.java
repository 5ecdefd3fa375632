// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Reads one document of YAML 1.2 from its events, so that depth and size are bounded before there
 * is anything deep or large. An alias is the anchor's value itself, and counts as much.
 */
final class YamlText {

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(TextLimits.CHARACTERS_MAX).build();
  private static final ScalarResolver RESOLVER = SETTINGS.getSchema().getScalarResolver();

  /** A value that may be referred to, with how much it holds. */
  private record Anchored(Value value, int values, int depth) {}

  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int values;
  private int deepest;
  private int aliases;

  private YamlText(Iterator<Event> events) {
    this.events = events;
  }

  /** The document; empty where the text holds none. */
  static Optional<Value> read(String text) {
    try {
      return new YamlText(new Parse(SETTINGS).parseString(text).iterator()).document();
    } catch (MarkedYamlEngineException e) {
      throw new MalformedText(
          e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
          "not YAML: " + Optional.ofNullable(e.getProblem()).orElse("it can't be read"));
    } catch (YamlEngineException e) {
      throw new MalformedText(
          1, "not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private Optional<Value> document() {
    Optional<Value> document = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent node) {
        if (document.isPresent()) {
          throw new MalformedText(line(event), "a second document begins; one text has one");
        }
        document = Optional.of(value(node, 1));
      }
    }
    return document;
  }

  private Value value(NodeEvent event, int depth) {
    if (event instanceof AliasEvent alias) {
      return referred(alias, depth);
    }
    int before = values;
    int outerDeepest = deepest;
    deepest = depth;
    count(1, depth, event);
    Value value =
        switch (event) {
          case ScalarEvent scalar -> new Value.Scalar(line(event), scalar.getValue(), kind(scalar));
          case MappingStartEvent start -> mapping(start, depth);
          case CollectionStartEvent start -> listing(start, depth);
          default -> throw new MalformedText(line(event), "neither text, list nor mapping");
        };
    int held = values - before;
    int height = deepest - depth;
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(value, held, height)));
    deepest = Math.max(deepest, outerDeepest);
    return value;
  }

  private Value referred(AliasEvent alias, int depth) {
    Anchored anchored = anchors.get(alias.getAlias());
    if (anchored == null) {
      throw new MalformedText(
          line(alias), "*%s refers to nothing before it".formatted(alias.getAlias().getValue()));
    }
    if (++aliases > TextLimits.ALIASES_MAX) {
      throw new MalformedText(
          line(alias), "more than %,d references to anchors".formatted(TextLimits.ALIASES_MAX));
    }
    count(anchored.values(), depth + anchored.depth(), alias);
    return anchored.value();
  }

  private void count(int more, int depth, Event event) {
    deepest = Math.max(deepest, depth);
    values += more;
    if (depth > TextLimits.DEPTH_MAX) {
      throw new MalformedText(line(event), "nested deeper than %d".formatted(TextLimits.DEPTH_MAX));
    }
    if (values > TextLimits.VALUES_MAX) {
      throw new MalformedText(
          line(event),
          "more than %,d values, those of anchors included".formatted(TextLimits.VALUES_MAX));
    }
  }

  private Value listing(CollectionStartEvent start, int depth) {
    refuseTag(start.getTag(), start);
    List<Value> all = new ArrayList<>();
    while (events.next() instanceof NodeEvent next) {
      all.add(value(next, depth + 1));
    }
    return new Value.Listing(line(start), all);
  }

  private Value mapping(MappingStartEvent start, int depth) {
    refuseTag(start.getTag(), start);
    List<Value.Entry> entries = new ArrayList<>();
    while (events.next() instanceof NodeEvent name) {
      if (!(value(name, depth + 1) instanceof Value.Scalar key)) {
        throw new MalformedText(line(name), "the name of a field is plain text");
      }
      if (events.next() instanceof NodeEvent value) {
        entries.add(new Value.Entry(key.line(), key.text(), value(value, depth + 1)));
      }
    }
    return new Value.Mapping(line(start), entries);
  }

  private static Value.Scalar.Kind kind(ScalarEvent scalar) {
    refuseTag(scalar.getTag(), scalar);
    if (!scalar.isPlain()) {
      return Value.Scalar.Kind.TEXT;
    }
    Tag tag = RESOLVER.resolve(scalar.getValue(), true);
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return Value.Scalar.Kind.NUMBER;
    }
    if (tag.equals(Tag.BOOL)) {
      return Value.Scalar.Kind.FLAG;
    }
    return tag.equals(Tag.NULL) ? Value.Scalar.Kind.NOTHING : Value.Scalar.Kind.TEXT;
  }

  private static void refuseTag(Optional<String> tag, Event event) {
    if (tag.isPresent()) {
      throw new MalformedText(
          line(event), "tags such as %s mean nothing here".formatted(tag.get()));
    }
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
