// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of ARCHITECTURE.md: which room may see which, and who owns which library. */
class ArrowsTest {

  private static final List<String> CORE =
      List.of(
          "dev.weir.address..",
          "dev.weir.model..",
          "dev.weir.query..",
          "dev.weir.store",
          "dev.weir.store.administration..",
          "dev.weir.exchange..",
          "dev.weir.document..",
          "dev.weir.certificate..",
          "dev.weir.environment..",
          "dev.weir.spelling..");
  private static final List<String> SQL = List.of("dev.weir.sql..");
  private static final List<String> KIT = List.of("dev.weir.store.kit..");
  private static final List<String> EMBEDDED = List.of("dev.weir.store.embedded..");
  private static final List<String> TIMESTREAM = List.of("dev.weir.store.timestream..");
  private static final List<String> PROMETHEUS = List.of("dev.weir.prometheus..");
  private static final List<String> MONITOR = List.of("dev.weir.monitor..");
  private static final List<String> API = List.of("dev.weir.api..");
  private static final List<String> SERVER = List.of("dev.weir.server..");
  private static final List<String> APP = List.of("dev.weir.app..");
  private static final List<String> LAMBDA_CONNECTOR = List.of("dev.weir.lambda.connector..");
  private static final List<String> LAMBDA_MONITOR = List.of("dev.weir.lambda.monitor..");

  /** The JDK without its databases: those belong to one room. */
  private static final List<String> PLATFORM =
      List.of(
          "java.io..",
          "java.lang..",
          "java.math..",
          "java.net..",
          "java.nio..",
          "java.security..",
          "java.text..",
          "java.time..",
          "java.util..",
          "javax.crypto..",
          "javax.net..",
          "javax.security..",
          "org.jspecify..");

  private static final JavaClasses WEIR =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.weir");

  private record Room(String name, List<String> packages, List<String> sees) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Room> rooms() {
    return Stream.of(
        room("core", CORE, List.of(), List.of()),
        room("sql", SQL, List.of("io.trino..", "org.antlr.v4.runtime.."), List.of(CORE)),
        room("store/kit", KIT, List.of("org.junit.jupiter..", "org.assertj.."), List.of(CORE)),
        room(
            "store/embedded",
            EMBEDDED,
            List.of("java.sql..", "org.duckdb..", "org.slf4j.."),
            List.of(CORE, SQL)),
        room(
            "store/timestream",
            TIMESTREAM,
            List.of(
                "org.apache.hc.client5.http..", "software.amazon.awssdk..", "tools.jackson.core.."),
            List.of(CORE)),
        room(
            "prometheus",
            PROMETHEUS,
            List.of("com.google.re2j..", "org.xerial.snappy.."),
            List.of(CORE)),
        room(
            "monitor",
            MONITOR,
            List.of(
                "com.google.re2j..",
                "com.jayway.jsonpath..",
                "javax.naming..",
                "kotlin..",
                "net.minidev.json..",
                "okhttp3..",
                "okio..",
                "org.brotli.dec..",
                "org.slf4j..",
                "org.snakeyaml.engine..",
                "org.xbill.DNS..",
                "tools.jackson.core.."),
            List.of(CORE)),
        room(
            "api",
            API,
            List.of("org.slf4j..", "tools.jackson.core.."),
            List.of(CORE, SQL, MONITOR)),
        room(
            "server",
            SERVER,
            List.of(
                "at.favre.lib..",
                "io.prometheus.metrics..",
                "org.eclipse.jetty..",
                "org.slf4j..",
                "org.snakeyaml.engine..",
                "tools.jackson.core.."),
            List.of(CORE, PROMETHEUS, MONITOR, API)),
        room(
            "app",
            APP,
            List.of(
                "ch.qos.logback..",
                "com.sun.net.httpserver..",
                "io.prometheus.metrics..",
                "java.lang.management..",
                "org.slf4j..",
                "org.snakeyaml.engine..",
                "tools.jackson.core.."),
            List.of(CORE, SQL, EMBEDDED, TIMESTREAM, PROMETHEUS, MONITOR, API, SERVER)),
        room(
            "lambda/connector",
            LAMBDA_CONNECTOR,
            List.of(
                "com.amazonaws.services.lambda.runtime..", "org.crac..", "tools.jackson.core.."),
            List.of(CORE, TIMESTREAM, PROMETHEUS)),
        room(
            "lambda/monitor",
            LAMBDA_MONITOR,
            List.of(
                "com.amazonaws.services.lambda.runtime..",
                "io.opentelemetry.api..",
                "io.opentelemetry.context..",
                "org.crac..",
                "org.slf4j..",
                "software.amazon.awssdk..",
                "software.amazon.lambda.powertools..",
                "tools.jackson.core.."),
            List.of(CORE, MONITOR, API, TIMESTREAM)));
  }

  private static Room room(
      String name, List<String> packages, List<String> libraries, List<List<String>> rooms) {
    List<String> sees =
        Stream.of(Stream.of(packages, libraries, PLATFORM), rooms.stream())
            .flatMap(lists -> lists)
            .flatMap(List::stream)
            .toList();
    return new Room(name, packages, sees);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomSeesOnlyWhatItMay(Room room) {
    classes()
        .that(resideInAnyPackage(room.packages().toArray(String[]::new)))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(room.sees().toArray(String[]::new)))
        .because("arrows point at core and siblings never meet: see ARCHITECTURE.md")
        .check(WEIR);
  }

  @Test
  void everyClassIsInARoom() {
    List<String> all = rooms().flatMap(room -> room.packages().stream()).toList();
    assertThat(WEIR.size()).isPositive();
    classes().should().resideInAnyPackage(all.toArray(String[]::new)).check(WEIR);
  }

  @Test
  void packagesDoNotGoInCircles() {
    slices().matching("dev.weir.(**)").should().beFreeOfCycles().check(WEIR);
  }

  @Test
  void onlyTheAppSpeaksOnTheConsole() {
    noClasses()
        .that()
        .resideOutsideOfPackages(APP.toArray(String[]::new))
        .should(ACCESS_STANDARD_STREAMS)
        .because("what a room has to say goes to its log or its caller")
        .check(WEIR);
  }

  @Test
  void timeIsHandedIn() {
    noClasses()
        .that()
        .resideOutsideOfPackages(APP.toArray(String[]::new))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("tests step time by hand: take a java.time.InstantSource")
        .check(WEIR);
  }
}
