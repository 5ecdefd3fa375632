// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a text of sites while others change sites too. */
class SitesAtOnceTest {

  private static final String TEXT = "sites: [{id: shop, endpoint: 'https://shop.example/'}]";

  private static final DocumentKey SHOP = new DocumentKey(SiteBook.COLLECTION, "default/shop");

  private final MemoryDocuments documents = new MemoryDocuments();
  private Runnable beforeList = () -> {};
  private Runnable beforeApply = () -> {};
  private final Api api =
      new Api(
          new SitesApi(
                  new SiteBook(new Disturbed(), "local"),
                  _ -> SiteStates.State.UNKNOWN,
                  "local",
                  new ManualClock(Instant.parse("2026-03-10T12:00:00Z")))
              .operations());

  @Test
  void whoComesWhileAnotherTextIsAppliedIsSoonToldToComeAgain() {
    List<Response> second = new ArrayList<>();
    beforeList =
        () -> {
          beforeList = () -> {};
          second.add(put(""));
        };
    assertThat(put("").status()).isEqualTo(200);
    assertThat(second).hasSize(1);
    assertThat(second.getFirst().status()).isEqualTo(503);
    assertThat(second.getFirst().headers().first("Retry-After")).isPresent();
    assertThat(SitesApi.TURN_WAIT_MAX).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aTextWithoutAPlanIsPlannedAnewWhenOthersWereFaster() {
    int[] times = {0};
    beforeApply = () -> changeByAnother(++times[0], OneSite.ATTEMPTS_MAX - 1);
    Response answer = put("");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(times[0]).isEqualTo(OneSite.ATTEMPTS_MAX);
    assertThat(documents.get(SHOP).orElseThrow().json()).contains("https://shop.example/");
  }

  @Test
  void whoIsLastEachTimeIsToldToComeAgain() {
    int[] times = {0};
    beforeApply = () -> changeByAnother(++times[0], Integer.MAX_VALUE);
    Response answer = put("");
    assertThat(times[0]).isEqualTo(OneSite.ATTEMPTS_MAX);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers().first("Retry-After")).isPresent();
  }

  @Test
  void aPlanThatWasShownIsNotMadeAnew() {
    Response shown = put("dryRun");
    int[] times = {0};
    beforeApply = () -> changeByAnother(++times[0], 1);
    assertThat(put("plan=" + planName(shown)).status()).isEqualTo(409);
    assertThat(times[0]).isEqualTo(1);
  }

  private void changeByAnother(int time, int last) {
    if (time <= last) {
      String json = "{\"id\":\"shop\",\"endpoint\":\"https://other%d.example/\"}".formatted(time);
      documents.apply(List.of(new DocumentEdit.Put(SHOP, json, DocumentEdit.ANY)));
    }
  }

  private static String planName(Response response) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      response.body().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8).replaceAll("(?s).*\"plan\":\"([^\"]+)\".*", "$1");
  }

  private Response put(String query) {
    byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
    return api.handle(
        new Request(
            "PUT",
            SitesApi.PATH,
            query,
            Headers.empty(),
            text.length,
            new ByteArrayInputStream(text)),
        Caller.operator());
  }

  /** Something happens before they are read or changed. */
  private final class Disturbed implements Documents {

    @Override
    public Optional<Document> get(DocumentKey key) {
      return documents.get(key);
    }

    @Override
    public List<Document> list(String collection, @Nullable String afterId, int limit) {
      beforeList.run();
      return documents.list(collection, afterId, limit);
    }

    @Override
    public List<Document> apply(List<DocumentEdit> edits) {
      beforeApply.run();
      return documents.apply(edits);
    }
  }
}
