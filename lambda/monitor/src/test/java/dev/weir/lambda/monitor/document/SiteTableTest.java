// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentEdit.Delete;
import dev.weir.document.DocumentEdit.Put;
import dev.weir.document.DocumentKey;
import dev.weir.lambda.monitor.document.TestTables.Tables;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.check.text.SiteWriter;
import dev.weir.monitor.site.SiteBook;
import dev.weir.monitor.site.SitePlan;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sites as items, through the port and the book above it. */
class SiteTableTest {

  private static final long ANY = DocumentEdit.ANY;

  @AutoClose private static TestTables tables;
  private Tables two;
  private DynamoDocuments documents;
  private SiteBook book;

  @BeforeAll
  static void start() throws Exception {
    tables = TestTables.start();
  }

  @BeforeEach
  void makeTables() throws Exception {
    two = tables.make();
    documents = two.kept();
    book = new SiteBook(documents, TestTables.REGION);
  }

  @Test
  void keepsASiteAsTheOriginalsItemAndCountsItsVersions() {
    Site site = site("shop", "interval: 2m, expect: {latency: 2s, contains: ok}");
    apply(List.of(site));

    assertThat(item("shop"))
        .containsEntry("endpoint", AttributeValue.fromS("https://shop.example/"))
        .containsEntry("rate", AttributeValue.fromN("2"))
        .containsEntry("latencyConstraint", AttributeValue.fromN("2"))
        .containsEntry("testString", AttributeValue.fromS("ok"))
        .containsEntry("version", AttributeValue.fromN("1"));
    assertThat(documents.get(key("default/shop")))
        .contains(new Document(key("default/shop"), 1, SiteWriter.write(site)));

    Site quick = site("shop", "interval: 10s");
    apply(List.of(quick));
    assertThat(documents.get(key("default/shop")))
        .contains(new Document(key("default/shop"), 2, SiteWriter.write(quick)));
    assertThat(item("shop")).doesNotContainKeys("rate", "testString");

    book.apply(book.plan(null, List.of(), true));
    assertThat(item("shop")).isEmpty();
    apply(List.of(site));
    assertThat(documents.get(key("default/shop")).orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void takesWhatTheCommandLineWrites() throws Exception {
    writeOriginal("googlesearch", "https://www.google.com");
    writeOriginal("acme/shop", "https://shop.example");

    assertThat(book.all(null))
        .extracting(stored -> stored.site().key().toString())
        .containsExactly("acme/shop", "default/googlesearch");
    assertThat(book.plan(null, sites(), true).isEmpty()).isTrue();
  }

  @Test
  void takesTheEntriesOfTheDeployment() throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("deploy/monitoring"))) {
      root = root.getParent();
    }
    String entries = Files.readString(root.resolve("deploy/monitoring/dynamo_entries.json"));
    assertThat(entries).contains("\"WSMonitoringConfig\"");
    tables
        .local()
        .call(
            "BatchWriteItem",
            "{\"RequestItems\":%s}".formatted(entries.replace("WSMonitoringConfig", two.sites())));

    List<Document> all = documents.list("sites", null, 100);
    assertThat(all).hasSizeGreaterThanOrEqualTo(2);
    assertThat(book.all(null)).hasSameSizeAs(all);
  }

  @Test
  void noticesThatAnItemWithoutAVersionIsAnotherMeanwhile() throws Exception {
    writeOriginal("shop", "https://shop.example");
    SitePlan plan = book.plan(null, List.of(site("shop", "interval: 10s")), true);
    SitePlan removal = book.plan(null, List.of(), true);
    writeOriginal("shop", "https://other.example");

    assertRefused(Kind.CONFLICT, () -> book.apply(plan));
    assertRefused(Kind.CONFLICT, () -> book.apply(removal));
    assertThat(item("shop"))
        .containsEntry("endpoint", AttributeValue.fromS("https://other.example"));

    writeOriginal("shop", "https://shop.example");
    book.apply(plan);
    assertThat(documents.get(key("default/shop")).orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void noticesAChangeByHandThatLeavesTheVersionAsItIs() throws Exception {
    apply(List.of(site("shop", "interval: 2m")));
    SitePlan plan = book.plan(null, List.of(site("shop", "interval: 10s")), true);
    tables
        .local()
        .call(
            "UpdateItem",
            """
            {"TableName":"%s","Key":{"SiteId":{"S":"shop"}},"UpdateExpression":"SET rate = :rate",
             "ExpressionAttributeValues":{":rate":{"N":"7"}}}\
            """
                .formatted(two.sites()));

    assertThat(item("shop")).containsEntry("version", AttributeValue.fromN("1"));
    assertThat(documents.get(key("default/shop")).orElseThrow().version())
        .isBetween(ItemVersions.CONTENT_MIN, (1L << 53) - 1);
    assertRefused(Kind.CONFLICT, () -> book.apply(plan));

    apply(List.of(site("shop", "interval: 10s")));
    assertThat(documents.get(key("default/shop")).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void leavesOutWhatIsNoSiteAndTakesItAwayAgain() throws Exception {
    writeOriginal("good", "https://good.example");
    writeOriginal("bad", "quic://bad.example");
    writeOriginal("default/twice", "https://twice.example");
    writeOriginal("x".repeat(600), "https://long.example");
    tables
        .local()
        .call(
            "PutItem",
            """
            {"TableName":"%s","Item":{"SiteId":{"S":"empty"},"version":{"S":"many"}}}\
            """
                .formatted(two.sites()));

    assertThat(book.all(null))
        .extracting(stored -> stored.site().key().id())
        .containsExactly("good");
    assertThat(documents.list("sites", null, 10))
        .extracting(document -> document.key().id())
        .containsExactly("default/bad", "default/empty", "default/good");
    assertThat(documents.get(key("default/bad")).orElseThrow().json()).contains("quic://");

    book.apply(book.plan(null, List.of(site("good", "interval: 2m")), true));
    assertThat(item("bad")).isEmpty();
    assertThat(item("empty")).isEmpty();
    assertThat(item("good")).containsKey("version");
  }

  @Test
  void listsInOrderPageByPage() {
    List<Site> all = new ArrayList<>();
    IntStream.range(0, 25).forEach(i -> all.add(site("s%02d".formatted(i), "interval: 1m")));
    all.add(site("a", "customer: acme"));
    all.add(site("z", "customer: zoo"));
    apply(all);

    List<String> found = new ArrayList<>();
    String after = null;
    List<Document> page;
    do {
      page = documents.list("sites", after, 10);
      for (Document each : page) {
        after = each.key().id();
        found.add(after);
      }
    } while (page.size() == 10);
    assertThat(found)
        .hasSize(27)
        .isSorted()
        .startsWith("acme/a", "default/s00")
        .endsWith("default/s24", "zoo/z");
    assertThat(book.list("acme", null, 10).sites()).hasSize(1);
    assertThat(book.get(new SiteKey("zoo", "z"))).isPresent();
  }

  @Test
  void readsATableOfMoreThanOneAnswer() throws Exception {
    // An answer of a scan has at most 1 MB.
    String filler = "x".repeat(300_000);
    for (int i = 0; i < 8; i++) {
      tables
          .local()
          .call(
              "PutItem",
              """
              {"TableName":"%s","Item":{"SiteId":{"S":"s%d"},"endpoint":{"S":"%s"}}}\
              """
                  .formatted(two.sites(), i, filler));
    }

    assertThat(documents.list("sites", null, 100)).hasSize(8);
    assertThat(documents.list("sites", "default/s3", 2))
        .extracting(document -> document.key().id())
        .containsExactly("default/s4", "default/s5");
  }

  @Test
  void refusesATextThatIsNoSite() {
    String site = SiteWriter.write(site("shop", "interval: 1m"));
    for (Put put :
        List.of(
            put("default/shop", "{}"),
            put("default/shop", "1"),
            put("default/other", site),
            put("acme/shop", site),
            put("shop", site),
            put("/shop", site),
            put("default/", site))) {
      assertRefused(Kind.BAD_REQUEST, () -> documents.apply(List.of(put)));
    }
    assertThat(documents.list("sites", null, 10)).isEmpty();
  }

  @Test
  void changesSitesAndOtherDocumentsTogetherOrNot() {
    DocumentKey state = new DocumentKey("site-states", "default/shop");
    Put site = put("default/shop", SiteWriter.write(site("shop", "interval: 1m")));
    documents.apply(List.of(site, new Put(state, "{\"open\":true}", 0)));
    assertThat(documents.get(state)).isPresent();

    assertRefused(
        Kind.CONFLICT,
        () -> documents.apply(List.of(new Delete(site.key(), 1), new Delete(state, 7))));
    assertThat(documents.get(site.key())).isPresent();
    documents.apply(List.of(new Delete(site.key(), 1), new Delete(state, 1)));
    assertThat(documents.get(site.key())).isEmpty();
    assertThat(documents.get(state)).isEmpty();
  }

  private void apply(List<Site> sites) {
    book.apply(book.plan(null, sites, false));
  }

  private List<Site> sites() {
    return book.all(null).stream().map(stored -> stored.site()).toList();
  }

  private Map<String, AttributeValue> item(String siteId) {
    return tables
        .client()
        .getItem(
            each -> each.tableName(two.sites()).key(Map.of("SiteId", AttributeValue.fromS(siteId))))
        .item();
  }

  private void writeOriginal(String siteId, String endpoint) throws Exception {
    tables
        .local()
        .call(
            "BatchWriteItem",
            """
            {"RequestItems":{"%s":[{"PutRequest":{"Item":{
              "SiteId":{"S":"%s"},"endpoint":{"S":"%s"},"rate":{"N":"2"},
              "latencyConstraint":{"N":"2"},"testString":{"S":"google"}}}}]}}\
            """
                .formatted(two.sites(), siteId, endpoint));
  }

  private static Site site(String id, String fields) {
    String text =
        "sites: [{id: %s, endpoint: 'https://%s.example/', %s}]".formatted(id, id, fields);
    SiteReader.Reading reading = new SiteReader(TestTables.REGION).read("test", text);
    assertThat(reading).isInstanceOf(SiteReader.Reading.Sites.class);
    return ((SiteReader.Reading.Sites) reading).sites().getFirst();
  }

  private static DocumentKey key(String id) {
    return new DocumentKey("sites", id);
  }

  private static Put put(String id, String json) {
    return new Put(key(id), json, ANY);
  }

  private static void assertRefused(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }
}
