// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** STYLE.md, as far as a machine can judge it. */
class TidyTest {

  private static final int LINES_MAX = 500;

  private static final String HEADER =
      """
      // SPDX-FileCopyrightText: Weir contributors
      // SPDX-License-Identifier: Apache-2.0
      """;

  /** Names that say nothing about what is inside. */
  private static final Pattern EMPTY_NAME =
      Pattern.compile("(?i)^(utils?|common|helpers?|managers?|impl|base|misc)$");

  /** What SQL calls the tables of a WITH clause. */
  private static final String SQL_TERM = "CommonTable";

  private static final Pattern WORD_BOUNDARY = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[-_./]");

  private final Checkout checkout = Checkout.ofThisBuild();
  private final List<Path> sources = checkout.files(".java");

  @Test
  void noFileIsLongerThan500Lines() {
    assertThat(sources)
        .allSatisfy(
            file -> assertThat(checkout.read(file).lines().count()).isLessThanOrEqualTo(LINES_MAX));
  }

  @Test
  void everyFileBeginsWithTheLicence() {
    assertThat(sources).allSatisfy(file -> assertThat(checkout.read(file)).startsWith(HEADER));
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    Set<Path> described =
        packages(sources.stream().filter(file -> file.endsWith("package-info.java")));
    assertThat(packages(sources.stream().filter(TidyTest::isInPackage)))
        .as("packages without a package-info.java")
        .isSubsetOf(described);
  }

  /** A package may be described in main code and go on in tests: the folder below java counts. */
  private static Set<Path> packages(Stream<Path> files) {
    return files
        .map(Path::getParent)
        .map(folder -> {
          String text = folder.toString();
          return Path.of(text.substring(0, text.indexOf("/src/")))
              .resolve(text.substring(text.indexOf("/java/") + 6));
        })
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void mainPackagesAreNullMarked() {
    assertThat(sources.stream().filter(file -> file.toString().contains("/src/main/java/")))
        .filteredOn(file -> file.endsWith("package-info.java"))
        .allSatisfy(file -> assertThat(checkout.read(file)).contains("@NullMarked\npackage "));
  }

  @Test
  void namesSayWhatIsInside() {
    assertThat(sources)
        .filteredOn(file ->
            WORD_BOUNDARY
                .splitAsStream(file.toString().replace(SQL_TERM, ""))
                .anyMatch(word -> EMPTY_NAME.matcher(word).matches()))
        .isEmpty();
  }

  @Test
  void testsAreNamedForTheBuildToFindThem() {
    assertThat(sources)
        .filteredOn(file -> file.toString().contains("/src/test/java/"))
        .filteredOn(file -> checkout.read(file).contains("\n  @Test\n"))
        .allSatisfy(
            file -> assertThat(file.getFileName().toString()).matches("\\w+(Test|IT)\\.java"));
  }

  @Test
  void theRootHasItsPapers() {
    assertThat(
            List.of(
                "README.md",
                "ARCHITECTURE.md",
                "RATIONALE.md",
                "STYLE.md",
                "CONTRIBUTING.md",
                "CHANGELOG.md",
                "LICENSE",
                "weir"))
        .allSatisfy(name -> assertThat(checkout.root().resolve(name)).isRegularFile());
  }

  @Test
  void everyRoomHasAReadmeThatSaysHowToTestIt() {
    assertThat(checkout.rooms())
        .allSatisfy(room ->
            assertThat(checkout.read(Path.of(room, "README.md")))
                .containsIgnoringCase("testing this room"));
  }

  @Test
  void theRootPomListsEveryRoomAndNoRoomHasRooms() {
    List<Path> listed =
        Stream.concat(
                Stream.of(Path.of("pom.xml")),
                checkout.rooms().stream().map(room -> Path.of(room, "pom.xml")))
            .sorted()
            .toList();
    assertThat(checkout.files("pom.xml")).isEqualTo(listed);
    assertThat(checkout.rooms())
        .allSatisfy(room ->
            assertThat(checkout.read(Path.of(room, "pom.xml")))
                .contains("<artifactId>weir-" + room.replace('/', '-') + "</artifactId>")
                .doesNotContain("<modules>"));
  }

  @Test
  void scriptsCanBeRun() {
    assertThat(List.of("weir", ".ci/run"))
        .allSatisfy(name -> assertThat(Files.isExecutable(checkout.root().resolve(name))).isTrue());
  }

  private static boolean isInPackage(Path file) {
    return file.toString().contains("/java/");
  }
}
