// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.api.openapi.OpenApiAnswers;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.kit.MemoryDocuments;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeApiTest {

  private final MemoryDocuments documents = new MemoryDocuments();
  private final Api api =
      new Api(
          new MeApi(Authentication.LOCAL, "1.2.3", new SiteBook(documents, "local")).operations());

  @Test
  void theOperatorSeesTheCustomersWithSites() {
    put("acme/shop");
    put("acme/mail");
    put("beta/shop");

    assertThat(me(Caller.operator()))
        .isEqualTo(
            "{\"name\":\"operator\",\"auth\":\"local\",\"roles\":{\"*\":\"admin\"},"
                + "\"customers\":[\"acme\",\"beta\"],\"version\":\"1.2.3\",\"token\":null}\n");
  }

  @Test
  void whoHasRolesForSomeCustomersSeesThoseAlone() {
    put("acme/shop");
    put("beta/shop");
    Map<String, Role> roles = Map.of("acme", Role.EDITOR, "zeta", Role.VIEWER);

    assertThat(me(new Caller("ann", roles, Optional.of("t0ken"))))
        .isEqualTo(
            "{\"name\":\"ann\",\"auth\":\"local\",\"roles\":{\"acme\":\"editor\",\"zeta\":\"viewer\"},\"customers\":[\"acme\",\"zeta\"],\"version\":\"1.2.3\",\"token\":\"t0ken\"}\n");
  }

  @Test
  void namesAsManyCustomersAsItSays() {
    for (int i = 0; i <= MeApi.CUSTOMERS_MAX; i++) {
      put("c%04d/a".formatted(i));
    }
    assertThat(me(Caller.operator())).contains("\"c0999\"]").doesNotContain("\"c1000\"");
  }

  @Test
  void aCallerNeverShowsItsToken() {
    assertThat(new Caller("ann", Map.of("a", Role.VIEWER), Optional.of("t0ken")).toString())
        .contains("ann")
        .doesNotContain("t0ken");
  }

  private void put(String id) {
    String[] parts = id.split("/", -1);
    documents.apply(
        List.of(
            new DocumentEdit.Put(
                new DocumentKey(SiteBook.COLLECTION, id),
                "{\"id\":\"%s\",\"customer\":\"%s\",\"endpoint\":\"https://a.example/\"}"
                    .formatted(parts[1], parts[0]),
                DocumentEdit.ANY)));
  }

  private String me(Caller caller) {
    return OpenApiAnswers.check(
        "me",
        api.handle(
            new Request("GET", MeApi.PATH, "", Headers.empty(), 0, InputStream.nullInputStream()),
            caller));
  }
}
