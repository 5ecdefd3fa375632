// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the document, asked by every role, about its own customer and about another.
 * An operation whose description names no role fails, and so does one that lets in whom it should
 * not.
 */
class RolesTest {

  /** Stands in all that belongs to the other customer. */
  private static final String HIDDEN = "hidden-thing";

  private static final String SITES =
      """
      sites:
        - {id: shop, customer: acme, endpoint: 'tcp://127.0.0.1:9', name: Our shop}
        - {id: shop, customer: beta, endpoint: 'tcp://hidden-thing.example:9', name: hidden-thing}
        - {id: hidden-thing, customer: beta, endpoint: 'tcp://hidden-thing.example:9'}
      """;

  private static final String NEEDS = "this needs the role ";

  private final WholeApi api = new WholeApi();

  @BeforeEach
  void sites() {
    Response applied = api.call("PUT", "/api/v1/sites", "", SITES, WholeApi.OPERATOR);
    assertThat(applied.status()).isEqualTo(200);
  }

  static Stream<Arguments> operationsAndRoles() {
    return Described.all().stream()
        .filter(operation -> !operation.role().equals("none"))
        .flatMap(operation ->
            Stream.of("acme", Caller.EVERY_CUSTOMER)
                .flatMap(customer ->
                    Arrays.stream(Role.values())
                        .map(role -> Arguments.of(operation.line(), operation, customer, role))));
  }

  @ParameterizedTest(name = "{0} by {3} of {2}")
  @MethodSource("operationsAndRoles")
  void aRoleMayWhatTheDocumentSays(String line, Described operation, String customer, Role role) {
    Caller caller = new Caller("ann", Map.of(customer, role));
    Role needed = Role.valueOf(operation.role().toUpperCase(Locale.ROOT));
    boolean enough =
        role.has(needed) && (!operation.isEverywhere() || customer.equals(Caller.EVERY_CUSTOMER));
    Response answer = call(operation, "acme", caller, "");

    if (enough) {
      assertThat(answer.status()).as(line).isNotIn(401, 500);
      assertThat(operation.path().contains("{customer}") && answer.status() == 404)
          .as("the site is there")
          .isFalse();
      assertThat(answer.status() == 403 ? text(answer) : "").doesNotContain(NEEDS);
    } else {
      assertThat(answer.status()).as(line).isEqualTo(403);
      assertThat(text(answer)).contains(NEEDS + operation.role());
    }
    if (!operation.id().equals("changes") && !isStream(answer)) {
      OpenApiAnswers.check(operation.id(), answer);
    }
  }

  @ParameterizedTest(name = "{0} by {3} of {2}")
  @MethodSource("operationsAndRoles")
  void whatBelongsToAnotherIsNotThere(
      String line, Described operation, String customer, Role role) {
    Caller caller = new Caller("ann", Map.of("acme", role));
    if (operation.path().contains("{customer}")) {
      Response there = call(operation, "beta", caller, "");
      Response notThere = call(operation, "nobody", caller, "");
      assertThat(there.status()).as(line).isEqualTo(404);
      assertThat(text(there)).isEqualTo(text(notThere)).doesNotContain(HIDDEN, "beta");
      return;
    }
    Response all = call(operation, "acme", caller, "");
    if (!isStream(all)) {
      assertThat(text(all)).as(line).doesNotContain(HIDDEN, "beta");
    }
    if (hasQuery(operation, "customer")) {
      Response asked = call(operation, "acme", caller, "customer=beta");
      assertThat(text(asked)).as(line).doesNotContain(HIDDEN);
      assertThat(asked.status() == 403 || text(asked).contains("\"items\":[]")).isTrue();
    }
    if (hasQuery(operation, "after")) {
      Response paged = call(operation, "acme", caller, "after=beta/a");
      assertThat(text(paged)).as(line).doesNotContain(HIDDEN);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operationsAndRoles")
  void whoHasNoRoleMayNothing(String line, Described operation, String customer, Role role) {
    Response answer = call(operation, "acme", new Caller("eve", Map.of()), "");
    assertThat(answer.status())
        .as(line)
        .isEqualTo(operation.path().contains("{customer}") ? 404 : 403);
    assertThat(text(answer)).doesNotContain("Our shop", HIDDEN);
  }

  @Test
  void sitesOfAnotherAreNeitherMadeNorChangedNorTaken() {
    Caller acme = new Caller("ann", Map.of("acme", Role.ADMIN));
    String foreign = "sites: [{id: shop, customer: beta, endpoint: 'https://mine.example/'}]";
    for (String query :
        List.of("", "prune=true", "dryRun=true", "customer=beta", "customer=acme")) {
      Response answer = api.call("PUT", "/api/v1/sites", query, foreign, acme);
      assertThat(answer.status()).as(query).isIn(400, 403);
      assertThat(text(answer)).as(query).doesNotContain(HIDDEN);
    }
    Response pruned =
        api.call(
            "PUT",
            "/api/v1/sites",
            "prune=true",
            "sites: [{id: other, customer: acme, endpoint: 'https://a.example/'}]",
            acme);
    assertThat(text(pruned)).contains("\"removals\":[{\"id\":\"shop\",\"customer\":\"acme\"}]");
    assertThat(text(api.get("/api/v1/sites", WholeApi.OPERATOR)))
        .contains("tcp://hidden-thing.example:9")
        .doesNotContain("mine.example");
  }

  @Test
  void sqlStaysWithinTheCallersDatabases() {
    Caller acme = new Caller("ann", Map.of("acme", Role.ADMIN));
    for (String table :
        List.of(
            "\\\"CPTMonitoring-beta\\\".WebsiteMonitoringData",
            "CPTMonitoring.WebsiteMonitoringData",
            "weir.prometheus")) {
      Response answer =
          api.call("POST", "/api/v1/sql", "", "{\"sql\":\"SELECT * FROM " + table + "\"}", acme);
      assertThat(answer.status()).as(table).isIn(400, 403, 404);
      assertThat(text(answer)).doesNotContain("the script has no answer");
    }
    for (String database : List.of("CPTMonitoring-beta", "CPTMonitoring", "weir")) {
      for (String below : List.of("", "/measures", "/dimensions")) {
        String path = "/api/v1/catalog/" + database + "/WebsiteMonitoringData" + below;
        String query = below.equals("/dimensions") ? "measure=check" : "";
        Response answer = api.call("GET", path, query, "", acme);
        assertThat(answer.status()).as(database + below).isIn(403, 404);
      }
    }
  }

  private Response call(Described operation, String customer, Caller caller, String query) {
    String path =
        operation
            .path()
            .replace("{customer}", customer)
            .replace("{database}", "CPTMonitoring-acme")
            .replace("{table}", "WebsiteMonitoringData")
            .replace("{id}", "shop");
    return api.call(operation.method(), path, query, body(operation), caller);
  }

  /** Bodies that are understood, so that a role is what decides. */
  private static String body(Described operation) {
    return switch (operation.id()) {
      case "applySites" -> "sites: [{id: new, customer: acme, endpoint: 'https://a.example/'}]";
      default -> "{}";
    };
  }

  private static boolean hasQuery(Described operation, String name) {
    return operation
        .node()
        .path("parameters")
        .valueStream()
        .anyMatch(each ->
            each.path("in").asString().equals("query")
                && each.path("name").asString().equals(name));
  }

  private static boolean isStream(Response answer) {
    return answer.headers().first("Content-Type").equals(Optional.of("application/x-ndjson"));
  }

  private static String text(Response answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      answer.body().writeTo(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
