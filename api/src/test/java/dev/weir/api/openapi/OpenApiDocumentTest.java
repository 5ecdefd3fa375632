// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.weir.api.call.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class OpenApiDocumentTest {

  private static final Path RESOURCES = Path.of("src/main/resources/dev/weir/api/openapi");

  /** Answered before anybody is let in, by the door itself. */
  private static final Set<String> BY_THE_DOOR =
      Set.of("POST /api/v1/session none", "DELETE /api/v1/session none");

  @Test
  void everyOperationIsDescribedAndNothingElse() {
    List<String> answered =
        new WholeApi().api().operations().stream().map(OpenApiDocumentTest::line).sorted().toList();
    List<String> described =
        Described.all().stream()
            .map(Described::line)
            .filter(line -> !BY_THE_DOOR.contains(line))
            .sorted()
            .toList();

    assertThat(described).isEqualTo(answered);
    assertThat(Described.all()).extracting(Described::line).containsAll(BY_THE_DOOR);
  }

  @Test
  void everyAreaIsJoined() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES)) {
      List<String> areas =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".json"))
              .map(name -> name.substring(0, name.length() - ".json".length()))
              .sorted()
              .toList();
      assertThat(OpenApiDocument.areas()).isEqualTo(areas);
    }
  }

  static List<Described> described() {
    return Described.all();
  }

  @ParameterizedTest
  @MethodSource("described")
  void anOperationSaysAllThatACallerNeeds(Described operation) {
    JsonNode node = operation.node();
    assertThat(operation.id()).matches("[a-z][A-Za-z]+");
    assertThat(operation.role()).isIn("viewer", "editor", "admin", "none");
    assertThat(node.path("summary").asString("")).endsWith(".");
    assertThat(node.path("responses").propertyNames())
        .as("a caller may be turned away, and Weir may be busy")
        .contains("403", "503")
        .allMatch(status -> status.matches("[2-5]\\d\\d"))
        .anyMatch(status -> status.startsWith("2"));
    node.path("responses")
        .forEach(answer -> {
          assertThat(Described.resolved(answer).path("description").asString("")).isNotEmpty();
        });
    assertThat(named(operation, "path")).isEqualTo(places(operation.path()));
    assertThat(named(operation, "query").size() + named(operation, "path").size())
        .as("each parameter once, and in path or query")
        .isEqualTo(
            (int)
                node.path("parameters").valueStream().filter(OpenApiDocumentTest::placed).count());
  }

  @Test
  void operationsHaveNamesOfTheirOwn() {
    assertThat(Described.all()).extracting(Described::id).doesNotHaveDuplicates();
  }

  @Test
  void everySchemaIsOneAndEveryReferenceLeadsSomewhere() {
    Schema grammar =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    int[] count = {0};
    schemas(
        Described.DOCUMENT,
        schema -> {
          count[0]++;
          assertThat(grammar.validate(schema)).as(schema.toString()).isEmpty();
        });
    assertThat(count[0]).isGreaterThan(10);

    Set<String> dangling = new TreeSet<>();
    Described.DOCUMENT
        .findValues("$ref")
        .forEach(reference -> {
          String target = reference.asString();
          if (!target.startsWith("#/")
              || Described.DOCUMENT.at(target.substring(1)).isMissingNode()) {
            dangling.add(target);
          }
        });
    assertThat(dangling).isEmpty();
  }

  @Test
  void theDocumentIsOpenApi() {
    JsonNode document = Described.DOCUMENT;
    assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
    assertThat(document.path("info").path("version").asString()).isEqualTo("test");
    assertThat(document.propertyNames())
        .containsExactlyInAnyOrder("openapi", "info", "security", "paths", "components");
    assertThat(document.path("paths").propertyNames())
        .allMatch(path -> path.startsWith("/api/v1/"));
  }

  @Test
  void isServed() {
    OpenApiAnswers.check("openapi", new WholeApi().get("/api/v1/openapi.json", WholeApi.OPERATOR));
  }

  private static boolean placed(JsonNode parameter) {
    return Set.of("path", "query", "header").contains(parameter.path("in").asString());
  }

  private static List<String> named(Described operation, String in) {
    return operation
        .node()
        .path("parameters")
        .valueStream()
        .filter(parameter ->
            in.equals("query")
                ? !parameter.path("in").asString().equals("path")
                : parameter.path("in").asString().equals(in))
        .map(parameter -> parameter.path("name").asString())
        .distinct()
        .toList();
  }

  private static List<String> places(String path) {
    return Pattern.compile("\\{(\\w+)}")
        .matcher(path)
        .results()
        .map((MatchResult place) -> place.group(1))
        .toList();
  }

  private static void schemas(JsonNode node, java.util.function.Consumer<JsonNode> action) {
    node.properties()
        .forEach(member -> {
          if (member.getKey().equals("schema")) {
            action.accept(member.getValue());
          } else if (member.getKey().equals("schemas")) {
            member.getValue().forEach(action);
          }
          schemas(member.getValue(), action);
        });
    if (node.isArray()) {
      node.forEach(item -> schemas(item, action));
    }
  }

  private static String line(Operation operation) {
    return operation.method() + " " + operation.path() + " " + operation.role().spelling();
  }
}
