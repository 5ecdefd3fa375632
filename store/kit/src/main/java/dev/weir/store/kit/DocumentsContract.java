// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentEdit.Delete;
import dev.weir.document.DocumentEdit.Put;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every keeper of documents promises of its documents; the feed has a contract of its own. */
public abstract class DocumentsContract {

  protected static final long ANY = DocumentEdit.ANY;

  private Documents documents;

  /** Whose documents are put; any text is one of them. */
  protected String collection() {
    return "sites";
  }

  /** Opens an empty keeper. */
  protected abstract Documents open() throws Exception;

  /** Closes what was opened. */
  protected abstract void close(Documents documents) throws Exception;

  /** Closes and opens again what keeps documents; a keeper in memory is the same afterwards. */
  protected Documents reopened(Documents documents) throws Exception {
    return documents;
  }

  @BeforeEach
  void openDocuments() throws Exception {
    documents = open();
  }

  @AfterEach
  void closeDocuments() throws Exception {
    close(documents);
  }

  @Test
  void givesBackWhatWasPut() throws Exception {
    List<Document> made = documents.apply(List.of(put("shop", "{\"a\":1}", 0)));

    assertThat(made).containsExactly(new Document(key("shop"), 1, "{\"a\":1}"));
    documents = reopened(documents);
    assertThat(documents.get(key("shop"))).contains(made.getFirst());
    assertThat(documents.get(key("other"))).isEmpty();
    assertThat(documents.get(new DocumentKey("customers", "shop"))).isEmpty();
  }

  @Test
  void countsVersionsAndBeginsAnewAfterADeletion() throws Exception {
    documents.apply(List.of(put("shop", "1", ANY)));
    assertThat(documents.apply(List.of(put("shop", "2", ANY))).getFirst().version()).isEqualTo(2);
    documents = reopened(documents);
    assertThat(documents.apply(List.of(put("shop", "3", 2))).getFirst().version()).isEqualTo(3);

    assertThat(documents.apply(List.of(new Delete(key("shop"), 3)))).isEmpty();
    assertThat(documents.get(key("shop"))).isEmpty();
    documents = reopened(documents);
    assertThat(documents.get(key("shop"))).isEmpty();
    assertThat(documents.apply(List.of(put("shop", "4", 0))).getFirst().version()).isEqualTo(1);
  }

  @Test
  void changesNothingForATextThatIsThereAlready() {
    documents.apply(List.of(put("shop", "{}", ANY)));

    assertThat(documents.apply(List.of(put("shop", "{}", ANY))))
        .containsExactly(new Document(key("shop"), 1, "{}"));
    assertThat(documents.apply(List.of(put("shop", "{}", 1))).getFirst().version()).isEqualTo(1);
  }

  @Test
  void refusesAnEditThatExpectsAnotherVersion() {
    documents.apply(List.of(put("shop", "1", ANY)));
    documents.apply(List.of(put("shop", "2", ANY)));

    for (long expected : List.of(0L, 1L, 3L, Long.MAX_VALUE)) {
      assertRefused(Kind.CONFLICT, () -> documents.apply(List.of(put("shop", "3", expected))));
      assertRefused(
          Kind.CONFLICT, () -> documents.apply(List.of(new Delete(key("shop"), expected))));
    }
    assertThat(documents.get(key("shop"))).contains(new Document(key("shop"), 2, "2"));
  }

  @Test
  void refusesAnEditOfADocumentThatIsNotThereButExpected() {
    assertRefused(Kind.CONFLICT, () -> documents.apply(List.of(put("shop", "1", 1))));
    assertRefused(Kind.CONFLICT, () -> documents.apply(List.of(new Delete(key("shop"), 1))));
    assertThat(documents.get(key("shop"))).isEmpty();
  }

  @Test
  void deletesWhatIsNotThereWithoutAComplaint() {
    assertThat(documents.apply(List.of(new Delete(key("shop"), ANY)))).isEmpty();
    assertThat(documents.apply(List.of(new Delete(key("shop"), 0)))).isEmpty();
    assertThat(documents.apply(List.of())).isEmpty();
  }

  @Test
  void makesAHundredEditsTogether() throws Exception {
    documents.apply(List.of(put("gone", "x", ANY), put("kept", "x", ANY)));
    List<DocumentEdit> edits = new ArrayList<>();
    edits.add(new Delete(key("gone"), 1));
    edits.add(put("kept", "x", 1));
    for (int i = 2; i < Documents.EDITS_MAX; i++) {
      edits.add(put("n" + i, "{}", 0));
    }

    List<Document> after = documents.apply(edits);

    assertThat(after).hasSize(Documents.EDITS_MAX - 1);
    assertThat(after.get(0)).isEqualTo(new Document(key("kept"), 1, "x"));
    assertThat(after.get(1).key()).isEqualTo(key("n2"));
    documents = reopened(documents);
    assertThat(documents.list(collection(), null, 200)).hasSize(Documents.EDITS_MAX - 1);
  }

  @Test
  void makesNoneOfTheEditsWhereOneIsRefused() throws Exception {
    documents.apply(List.of(put("a", "1", ANY), put("z", "1", ANY)));

    assertRefused(
        Kind.CONFLICT,
        () ->
            documents.apply(
                List.of(
                    put("a", "2", 1),
                    put("b", "2", 0),
                    new Delete(key("z"), 7),
                    put("c", "2", 0))));
    documents = reopened(documents);
    assertThat(documents.list(collection(), null, 10))
        .containsExactly(new Document(key("a"), 1, "1"), new Document(key("z"), 1, "1"));
  }

  @Test
  void refusesOneEditMoreThanAHundred() {
    List<DocumentEdit> edits = new ArrayList<>();
    for (int i = 0; i <= Documents.EDITS_MAX; i++) {
      edits.add(put("n" + i, "{}", ANY));
    }

    assertRefused(Kind.BAD_REQUEST, () -> documents.apply(edits));
    assertThat(documents.list(collection(), null, 10)).isEmpty();
  }

  @Test
  void refusesTwoEditsOfOneDocument() {
    assertRefused(
        Kind.BAD_REQUEST,
        () -> documents.apply(List.of(put("a", "1", ANY), new Delete(key("a"), ANY))));
    assertThat(documents.get(key("a"))).isEmpty();
  }

  @Test
  void takesTheLargestTextAndRefusesOneByteMore() throws Exception {
    // Two bytes each in UTF-8.
    String largest = "é".repeat(Documents.BYTES_MAX / 2);
    assertThat(documents.apply(List.of(put("a", largest, ANY)))).hasSize(1);
    assertRefused(Kind.BAD_REQUEST, () -> documents.apply(List.of(put("b", largest + "x", ANY))));

    documents = reopened(documents);
    assertThat(documents.get(key("a")).orElseThrow().json()).isEqualTo(largest);
    assertThat(documents.get(key("b"))).isEmpty();
  }

  @Test
  void refusesHalfOfASurrogatePair() {
    assertRefused(Kind.BAD_REQUEST, () -> documents.apply(List.of(put("a", "x\ud83c", ANY))));
    assertRefused(Kind.BAD_REQUEST, () -> documents.apply(List.of(put("a", "\udf0ax", ANY))));
  }

  @Test
  void keepsIdsAndTextsOfAnyCharacters() throws Exception {
    List<String> texts =
        List.of(
            "it's",
            "say \"no\"",
            "back\\slash",
            "two\nlines\r\n",
            "\t",
            "\0",
            "' OR '1'='1",
            "🌊",
            "é/è",
            "\u2028",
            " ",
            "default/shop");
    for (String text : texts) {
      documents.apply(List.of(put(text, text, 0), put("x" + text, "", 0)));
    }

    documents = reopened(documents);
    for (String text : texts) {
      assertThat(documents.get(key(text))).contains(new Document(key(text), 1, text));
      assertThat(documents.get(key("x" + text))).contains(new Document(key("x" + text), 1, ""));
    }
  }

  @Test
  void takesTheLongestId() throws Exception {
    String longest = "🌊".repeat(DocumentKey.ID_LENGTH_MAX / 2);
    documents.apply(List.of(put(longest, "{}", 0)));

    documents = reopened(documents);
    assertThat(documents.get(key(longest))).isPresent();
  }

  @Test
  void listsInTheOrderOfTheIdsBytes() {
    // As UTF-8 the wave is after the private-use character, as Java's chars before it.
    List<String> ordered = List.of("A", "Z", "a", "a-b", "a/b", "aa", "é", "\uf8ff", "🌊", "🌊a");
    for (String id : ordered.reversed()) {
      documents.apply(List.of(put(id, "{}", ANY)));
    }
    documents.apply(List.of(new Put(new DocumentKey("site", "zz"), "{}", ANY)));
    documents.apply(List.of(new Put(new DocumentKey(collection() + "-a", "A"), "{}", ANY)));

    assertThat(ids(documents.list(collection(), null, 100))).isEqualTo(ordered);
  }

  @Test
  void listsPagesThatMeetWithoutGapOrRepeat() {
    List<String> all = IntStream.range(0, 25).mapToObj("site-%02d"::formatted).toList();
    all.forEach(id -> documents.apply(List.of(put(id, "{}", ANY))));

    List<String> found = new ArrayList<>();
    List<Document> page = documents.list(collection(), null, 10);
    while (!page.isEmpty()) {
      found.addAll(ids(page));
      page = documents.list(collection(), page.getLast().key().id(), 10);
    }

    assertThat(found).isEqualTo(all);
    assertThat(ids(documents.list(collection(), "site-20x", 2)))
        .containsExactly("site-21", "site-22");
    assertThat(documents.list(collection(), "zzz", 2)).isEmpty();
    assertThat(documents.list("nothing", null, 2)).isEmpty();
  }

  @Test
  void losesNoUpdateOfManyAtOnce() throws Exception {
    documents.apply(List.of(put("count", "0", ANY)));
    int writers = 8;
    int each = 10;
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        all.add(pool.submit(() -> countUp(each)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }

    documents = reopened(documents);
    assertThat(documents.get(key("count")))
        .contains(new Document(key("count"), 1 + writers * each, "" + writers * each));
  }

  @Test
  void showsEditsThatWereMadeTogetherOnlyTogether() throws Exception {
    int rounds = 40;
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          pool.submit(() -> {
            for (int i = 0; i < rounds; i++) {
              documents.apply(List.of(put("a", "" + i, ANY), put("b", "" + i, ANY)));
            }
          });
      while (!writer.isDone()) {
        List<Document> seen = documents.list(collection(), null, 10);
        assertThat(seen.stream().map(Document::json).distinct().count())
            .as("what was seen: %s", seen)
            .isLessThanOrEqualTo(1);
      }
      writer.get();
    }
    assertThat(documents.get(key("b")).orElseThrow().version()).isEqualTo(rounds);
  }

  @Test
  void outlivesTheInterruptOfAWriter() throws InterruptedException, ExecutionException {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      pool.submit(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  documents.apply(List.of(put("a", "1", ANY)));
                } catch (StoreException e) {
                  assertThat(e.kind().retryable()).as("kind %s", e.kind()).isTrue();
                }
              })
          .get();
    }

    documents.apply(List.of(put("b", "1", ANY)));
    assertThat(documents.get(key("b"))).isPresent();
  }

  /** Reads and writes on the version it read, again where another was faster. */
  private void countUp(int times) {
    for (int done = 0; done < times; ) {
      Document now = documents.get(key("count")).orElseThrow();
      String next = "" + (Integer.parseInt(now.json()) + 1);
      try {
        documents.apply(List.of(put("count", next, now.version())));
        done++;
      } catch (StoreException e) {
        assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
      }
    }
  }

  private DocumentKey key(String id) {
    return new DocumentKey(collection(), id);
  }

  private Put put(String id, String json, long expected) {
    return new Put(key(id), json, expected);
  }

  private static List<String> ids(List<Document> documents) {
    return documents.stream().map(document -> document.key().id()).toList();
  }

  private static void assertRefused(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }
}
