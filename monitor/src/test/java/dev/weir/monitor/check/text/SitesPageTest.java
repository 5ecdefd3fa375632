// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.document.Documents;
import dev.weir.monitor.check.ReferencedSecrets;
import dev.weir.monitor.site.SiteBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/sites.md says is so. */
class SitesPageTest {

  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Set<String> ORIGINAL =
      Set.of("SiteId", "rate", "latencyConstraint", "testString");

  private final String page = read("docs/sites.md");

  static String read(String path) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/sites.md"))) {
      folder = folder.getParent();
    }
    try {
      return Files.readString(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void itsExamplesAreSites() {
    List<String> examples = YAML.matcher(page).results().map(example -> example.group(1)).toList();
    assertThat(examples).hasSizeGreaterThan(5);
    assertThat(examples).allSatisfy(example -> assertThat(Readings.sites(example)).isNotEmpty());
  }

  @Test
  void itNamesEveryFieldThatASiteMayHave() {
    Set<String> names = new TreeSet<>(ORIGINAL);
    for (long seed = 0; seed < 300; seed++) {
      names(JsonText.read(SiteWriter.write(new RandomSite(new Random(seed)).site())), names);
    }
    names.removeAll(Set.of("X-B", "accept"));
    assertThat(names).hasSizeGreaterThan(50);
    assertThat(names)
        .allSatisfy(name -> assertThat(page).containsPattern("[`.{ ]" + name + "[`:,}]"));
  }

  private static void names(Value value, Set<String> names) {
    switch (value) {
      case Value.Scalar ignored -> {}
      case Value.Listing listing -> listing.values().forEach(each -> names(each, names));
      case Value.Mapping mapping ->
          mapping
              .entries()
              .forEach(entry -> {
                names.add(entry.name());
                names(entry.value(), names);
              });
    }
  }

  @Test
  void itsLimitsAreThoseOfTheReader() {
    assertThat(page)
        .contains("| sites of one customer | %,d |".formatted(SiteBook.SITES_MAX))
        .contains("| characters of one text | %d Mi |".formatted(SiteReader.CHARACTERS_MAX >> 20))
        .contains("| depth of one text | %d |".formatted(TextLimits.DEPTH_MAX))
        .contains("anchors included | %,d |".formatted(TextLimits.VALUES_MAX))
        .contains("| references to YAML anchors | %,d |".formatted(TextLimits.ALIASES_MAX))
        .contains("| characters of an endpoint | %,d |".formatted(Endpoint.LENGTH_MAX))
        .contains("as it is stored | %,d |".formatted(Documents.BYTES_MAX))
        .contains("text file of up to %d KiB".formatted(ReferencedSecrets.FILE_BYTES_MAX >> 10))
        .contains("up to %d problems".formatted(SiteReader.PROBLEMS_MAX))
        .contains("up to `%dMiB`".formatted(HttpFields.BODY_LIMIT_MAX_BYTES >> 20))
        .contains("each up to %,d characters".formatted(HttpFields.HEADER_LENGTH_MAX))
        .contains("up to %,d characters |".formatted(HttpFields.BODY_LENGTH_MAX))
        .contains("sends up to %,d characters".formatted(SocketFields.SEND_LENGTH_MAX))
        .contains("list of texts, up to %,d characters".formatted(ExpectFields.TEXT_LENGTH_MAX))
        .contains("up to %,d characters each, found".formatted(Expressions.LENGTH_MAX));
  }

  @Test
  void itNamesEveryTypeOfTheDns() {
    assertThat(SocketFields.DNS_TYPES)
        .allSatisfy(type -> assertThat(page).contains("`" + type + "`"));
  }
}
