// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads sites from a text: all of them, or none and what is wrong with each. The text is YAML 1.2
 * or JSON; its sites stand below {@code sites:}, in a list, or alone. A site may also be an item of
 * the original's table, plain, with typed attributes, or as {@code aws dynamodb batch-write-item}
 * takes it. Thread-safe; keeps nothing.
 *
 * <p>Limits are named constants here and in the topics' classes; {@code docs/sites.md} lists all
 * fields.
 */
public final class SiteReader {

  /** Problems that are told of one text; the rest is found when these are mended. */
  public static final int PROBLEMS_MAX = Problems.MAX;

  /** Characters of one text. */
  public static final int CHARACTERS_MAX = TextLimits.CHARACTERS_MAX;

  /** What became of a text. */
  public sealed interface Reading {
    /** All sites of the text, in its order. */
    record Sites(List<Site> sites) implements Reading {
      public Sites {
        sites = List.copyOf(sites);
      }
    }

    /** Nothing was taken. */
    record Refused(List<SiteProblem> problems) implements Reading {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  private final SiteFields fields;

  /** For the sites of the default customer. */
  public SiteReader(String region) {
    this(region, SiteKey.DEFAULT_CUSTOMER);
  }

  /**
   * A reader for one process and one customer.
   *
   * @param region where sites are checked from that name no region
   * @param customer whose the sites are that name no customer
   */
  public SiteReader(String region, String customer) {
    this(new SiteFields(region, customer));
  }

  private SiteReader(SiteFields fields) {
    this.fields = fields;
  }

  /**
   * The same for texts of somebody who is not the operator: also a site of the default customer
   * names no secrets but those of its customer ({@link dev.weir.monitor.check.SecretScope}).
   */
  public SiteReader keptToCustomers() {
    return new SiteReader(fields.keptToCustomers());
  }

  /**
   * Reads a text.
   *
   * @param file what problems call it
   */
  public Reading read(String file, String text) {
    Problems problems = new Problems(file);
    List<Site> sites = List.of();
    try {
      sites = sites(value(text), fields, problems);
    } catch (MalformedText e) {
      problems.about("");
      problems.note(e.line(), "", String.valueOf(e.getMessage()));
    }
    return problems.count() == 0 ? new Reading.Sites(sites) : new Reading.Refused(problems.all());
  }

  /**
   * Reads the definition of one site whose name is known; the text may leave its id and customer
   * out, and names no other.
   *
   * @param file what problems call it
   */
  public Reading readOne(String file, String text, SiteKey name) {
    Problems problems = new Problems(file);
    problems.about(name.id());
    List<Site> sites = List.of();
    try {
      Value value = value(text);
      if (value instanceof Value.Mapping) {
        SiteFields named = fields.named(name);
        // as a list of one: it is a site, whatever its fields are called
        Value list = new Value.Listing(value.line(), List.of(value));
        sites = sites(list, named, problems);
      } else {
        problems.note(value.line(), "", "is one site: a mapping of its fields");
      }
    } catch (MalformedText e) {
      problems.note(e.line(), "", String.valueOf(e.getMessage()));
    }
    return problems.count() == 0 ? new Reading.Sites(sites) : new Reading.Refused(problems.all());
  }

  private static Value value(String given) {
    if (given.length() > TextLimits.CHARACTERS_MAX) {
      throw new MalformedText(
          1,
          "has %,d characters, at most %,d".formatted(given.length(), TextLimits.CHARACTERS_MAX));
    }
    String text = given.startsWith("\uFEFF") ? given.substring(1) : given;
    String content = text.stripLeading();
    if (content.startsWith("{") || content.startsWith("[")) {
      try {
        return JsonText.read(text);
      } catch (MalformedText json) {
        if (json.beyondLimit()) {
          throw json;
        }
        try {
          return yaml(text);
        } catch (MalformedText yaml) {
          // neither: in brackets JSON was meant
          throw json;
        }
      }
    }
    return yaml(text);
  }

  private static Value yaml(String text) {
    return YamlText.read(text)
        .orElseThrow(() -> new MalformedText(1, "has no sites; a text without any says sites: []"));
  }

  private static List<Site> sites(Value root, SiteFields fields, Problems problems) {
    List<Site> sites = new ArrayList<>();
    Map<SiteKey, Integer> lines = new HashMap<>();
    int number = 0;
    for (Value value : new SiteForms(problems).sites(root)) {
      number++;
      problems.about("#" + number);
      Optional<Fields> site = Fields.of(value, "", problems);
      if (site.isEmpty()) {
        continue;
      }
      Optional<Site> read = fields.read(site.get(), problems, number);
      if (read.isEmpty()) {
        continue;
      }
      Integer first = lines.putIfAbsent(read.get().key(), value.line());
      if (first != null) {
        site.get().refuseAll("is there twice, first on line " + first);
      }
      sites.add(read.get());
    }
    return sites;
  }
}
