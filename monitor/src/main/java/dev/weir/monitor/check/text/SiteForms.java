// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the sites of a text in the forms that it may have. */
final class SiteForms {

  private static final Set<String> TYPES =
      Set.of("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS");

  /** What Weir writes beside a site into its table. */
  private static final Set<String> NOTES = Set.of("version", "digest");

  private final Problems problems;

  SiteForms(Problems problems) {
    this.problems = problems;
  }

  /** The values of all sites, in order; those of typed attributes as plain ones. */
  List<Value> sites(Value root) {
    return switch (root) {
      case Value.Listing listing -> listing.values().stream().map(this::plain).toList();
      case Value.Mapping mapping -> inMapping(mapping);
      case Value.Scalar scalar -> {
        problems.note(
            scalar.line(), "", "is no list of sites; a text begins with sites: or with [");
        yield List.of();
      }
    };
  }

  private List<Value> inMapping(Value.Mapping root) {
    if (root.get("sites").isPresent()) {
      return inField(root, "sites", Set.of());
    }
    if (root.get("Items").isPresent()) {
      // what aws dynamodb scan prints
      return inField(root, "Items", Set.of("Count", "ScannedCount", "ConsumedCapacity"));
    }
    if (root.get("RequestItems").orElse(null) instanceof Value.Mapping tables) {
      return inRequests(tables);
    }
    if (isRequests(root)) {
      return inRequests(root);
    }
    if (Set.of("id", "SiteId", "endpoint").stream().anyMatch(name -> root.get(name).isPresent())) {
      return List.of(plain(root));
    }
    for (Value.Entry entry : root.entries()) {
      problems.note(
          entry.line(),
          entry.name(),
          "is no field here" + Suggestion.hint(entry.name(), List.of("sites")));
    }
    if (root.entries().isEmpty()) {
      problems.note(root.line(), "", "has no sites; a text without any says sites: []");
    }
    return List.of();
  }

  private List<Value> inField(Value.Mapping root, String name, Set<String> beside) {
    Value found = root.get(name).orElseThrow();
    boolean first = true;
    for (Value.Entry entry : root.entries()) {
      if (entry.name().equals(name) && first) {
        first = false;
      } else if (entry.name().equals(name)) {
        problems.note(entry.line(), name, "is there twice");
      } else if (!beside.contains(entry.name())) {
        problems.note(
            entry.line(),
            entry.name(),
            "is no field here; beside %s there is none".formatted(name));
      }
    }
    return listed(found, name).stream().map(this::plain).toList();
  }

  private List<Value> listed(Value value, String name) {
    if (value instanceof Value.Listing listing) {
      return listing.values();
    }
    problems.note(value.line(), name, "is a list");
    return List.of();
  }

  // ---- what aws dynamodb batch-write-item takes ----

  private static boolean isRequests(Value.Mapping root) {
    Predicate<Value> isRequest =
        value ->
            value instanceof Value.Mapping request
                && (request.get("PutRequest").isPresent()
                    || request.get("DeleteRequest").isPresent());
    return !root.entries().isEmpty()
        && root.entries().stream()
            .allMatch(entry ->
                entry.value() instanceof Value.Listing listing
                    && !listing.values().isEmpty()
                    && listing.values().stream().allMatch(isRequest));
  }

  private List<Value> inRequests(Value.Mapping tables) {
    List<Value> sites = new ArrayList<>();
    for (Value.Entry table : tables.entries()) {
      List<Value> requests = listed(table.value(), table.name());
      for (int i = 0; i < requests.size(); i++) {
        item(requests.get(i), table.name() + "[" + i + "]").ifPresent(sites::add);
      }
    }
    return sites;
  }

  private Optional<Value> item(Value request, String at) {
    if (request instanceof Value.Mapping mapping
        && mapping.entries().size() == 1
        && mapping.get("PutRequest").orElse(null) instanceof Value.Mapping put
        && put.entries().size() == 1
        && put.get("Item").isPresent()) {
      return put.get("Item").map(this::plain);
    }
    problems.note(
        request.line(),
        at,
        "is no {\"PutRequest\": {\"Item\": …}}, which is all that defines sites");
    return Optional.empty();
  }

  // ---- typed attributes ----

  /** A site with one typed attribute has only such; any other is plain already. */
  private Value plain(Value site) {
    if (site instanceof Value.Mapping mapping
        && Stream.of("SiteId", "id", "endpoint").anyMatch(name -> isTyped(mapping.get(name)))) {
      problems.about(mapping.get("SiteId").flatMap(SiteForms::content).orElse(""));
      Value.Mapping plain = plainMapping(mapping, "");
      Value item = plain.get("SiteId").isPresent() ? ofTable(plain) : plain;
      problems.about("");
      return item;
    }
    return site;
  }

  /** Weir's own table notes changes beside a site, and has its customer in {@code SiteId}. */
  private Value ofTable(Value.Mapping item) {
    List<Value.Entry> entries = new ArrayList<>();
    for (Value.Entry entry : item.entries()) {
      int line = entry.line();
      if (entry.name().equals("SiteId")
          && entry.value() instanceof Value.Scalar name
          && name.text().indexOf('/') > 0) {
        int slash = name.text().indexOf('/');
        String customer = name.text().substring(0, slash);
        entries.add(new Value.Entry(line, "SiteId", text(line, name.text().substring(slash + 1))));
        if (item.get("customer").isEmpty()) {
          entries.add(new Value.Entry(line, "customer", text(line, customer)));
        } else if (!isText(item.get("customer"), customer)) {
          problems.note(line, "customer", "is another than that of SiteId, which is customer/id");
        }
      } else if (!NOTES.contains(entry.name())) {
        entries.add(entry);
      }
    }
    return new Value.Mapping(item.line(), entries);
  }

  private static boolean isText(Optional<Value> value, String text) {
    return value.orElse(null) instanceof Value.Scalar scalar && scalar.text().equals(text);
  }

  private static Value text(int line, String text) {
    return new Value.Scalar(line, text, Value.Scalar.Kind.TEXT);
  }

  private static boolean isTyped(Optional<Value> value) {
    return value.orElse(null) instanceof Value.Mapping mapping
        && mapping.entries().size() == 1
        && TYPES.contains(mapping.entries().getFirst().name());
  }

  private static Optional<String> content(Value typed) {
    return typed instanceof Value.Mapping mapping
            && mapping.get("S").orElse(null) instanceof Value.Scalar text
        ? Optional.of(text.text())
        : Optional.empty();
  }

  private Value.Mapping plainMapping(Value.Mapping item, String path) {
    List<Value.Entry> plain = new ArrayList<>();
    for (Value.Entry entry : item.entries()) {
      String at = path.isEmpty() ? entry.name() : path + "." + entry.name();
      plain.add(new Value.Entry(entry.line(), entry.name(), attribute(entry.value(), at)));
    }
    return new Value.Mapping(item.line(), plain);
  }

  private Value attribute(Value value, String at) {
    if (!(value instanceof Value.Mapping mapping) || mapping.entries().size() != 1) {
      return refused(value, at, "is an attribute with its type, such as {\"S\": \"text\"}");
    }
    Value.Entry typed = mapping.entries().getFirst();
    Value content = typed.value();
    return switch (typed.name()) {
      case "S" -> scalar(content, at, Value.Scalar.Kind.TEXT, "S holds a text in quotes");
      case "N" -> number(content, at);
      case "BOOL" -> scalar(content, at, Value.Scalar.Kind.FLAG, "BOOL holds true or false");
      case "NULL" -> new Value.Scalar(content.line(), "", Value.Scalar.Kind.NOTHING);
      case "M" ->
          content instanceof Value.Mapping map
              ? plainMapping(map, at)
              : refused(content, at, "M holds a mapping");
      case "L" -> list(content, at, true);
      case "SS", "NS" -> list(content, at, false);
      default ->
          refused(
              value,
              at,
              "is of the type %s, which no field of a site has"
                  .formatted(Quantities.shown(typed.name())));
    };
  }

  private Value list(Value content, String at, boolean typed) {
    if (!(content instanceof Value.Listing listing)) {
      return refused(content, at, "holds a list");
    }
    List<Value> plain = new ArrayList<>();
    for (int i = 0; i < listing.values().size(); i++) {
      Value each = listing.values().get(i);
      plain.add(typed ? attribute(each, at + "[" + i + "]") : each);
    }
    return new Value.Listing(listing.line(), plain);
  }

  /** Numbers are texts there, so that none is rounded on its way. */
  private Value number(Value content, String at) {
    return content instanceof Value.Scalar scalar
            && (scalar.kind() == Value.Scalar.Kind.TEXT
                || scalar.kind() == Value.Scalar.Kind.NUMBER)
        ? new Value.Scalar(scalar.line(), scalar.text(), Value.Scalar.Kind.NUMBER)
        : refused(content, at, "N holds a number in quotes");
  }

  private Value scalar(Value content, String at, Value.Scalar.Kind kind, String reason) {
    return content instanceof Value.Scalar scalar && scalar.kind() == kind
        ? scalar
        : refused(content, at, reason);
  }

  private Value refused(Value value, String at, String reason) {
    problems.note(value.line(), at, reason);
    return new Value.Scalar(value.line(), "", Value.Scalar.Kind.REFUSED);
  }
}
