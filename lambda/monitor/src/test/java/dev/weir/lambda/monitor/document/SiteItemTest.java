// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lambda.monitor.document.SiteItem.Reading;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.Expectations.LatencyRule;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.check.text.SiteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SiteItemTest {

  private static final String REGION = "eu-west-1";

  @Test
  void readsAnItemOfTheOriginal() {
    Site site = read(original());

    assertThat(site.key()).isEqualTo(new SiteKey("default", "googlesearch"));
    assertThat(site.endpoint()).isEqualTo("https://www.google.com");
    assertThat(site.interval()).isEqualTo(Duration.ofMinutes(2));
    assertThat(site.regions()).containsExactly(REGION);
    assertThat(site.expectations().latency())
        .contains(new LatencyRule(Duration.ofSeconds(2), LatencyRule.Statistic.AVERAGE));
    assertThat(site.expectations().body()).containsExactly(new BodyRule.Contains("google", true));
  }

  @Test
  void writesASiteOfTheOriginalWithItsAttributesAndTypes() {
    Map<String, AttributeValue> item = SiteItem.write(read(original()));

    assertThat(item).containsAllEntriesOf(original()).doesNotContainKeys("expect", "interval");
    assertThat(read(item)).isEqualTo(read(original()));
  }

  @Test
  void losesNothingOfASiteOfAnyKind() throws IOException {
    List<Site> sites = sites(Files.readString(examples()));
    assertThat(sites).hasSizeGreaterThan(4);
    for (Site site : sites) {
      assertThat(read(SiteItem.write(site))).isEqualTo(site);
      assertThat(SiteWriter.write(read(SiteItem.write(site)))).isEqualTo(SiteWriter.write(site));
    }
  }

  @ParameterizedTest
  @CsvSource({"1m,1", "90m,90", "24h,1440"})
  void keepsWholeMinutesAsARate(String interval, String rate) {
    Map<String, AttributeValue> item = SiteItem.write(site("interval: " + interval));

    assertThat(item.get("rate")).isEqualTo(AttributeValue.fromN(rate));
    assertThat(item).doesNotContainKey("interval");
    assertThat(read(item)).isEqualTo(site("interval: " + interval));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1s", "10s", "1m30s", "1.5s", "500s"})
  void keepsAnyOtherIntervalAsItIs(String interval) {
    Map<String, AttributeValue> item = SiteItem.write(site("interval: " + interval));

    assertThat(item.get("interval").s()).isNotEmpty();
    assertThat(item).doesNotContainKey("rate");
    assertThat(read(item)).isEqualTo(site("interval: " + interval));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expect: {latency: 800ms}",
        "expect: {latency: 0.000001s}",
        "expect: {latency: 1h, contains: ok}",
        "expect: {latency: {max: 2s, of: p95}, contains: ok}",
        "expect: {contains: [one, two, three], not-contains: four}",
        "expect: {status: [204, 300-399]}",
        "expect: {contains: \"it's \\\"quoted\\\"\\n\\tand \\\\ 🌊\"}",
        "expect: {json: [{path: $.status, value: ok}], matches: a+, headers: [{name: A, matches:"
            + " b}]}",
        "http: {method: POST, headers: {X-A: '1', x-b: '2'}, body: '{\"n\": 1}', body-limit: 2MiB}",
        "http: {basic: {user: me, password: '${env:PASSWORD}'}}",
        "confirm: {attempts: 3, spacing: 7s}",
        "maintenance: [{days: [sat, sun], from: '22:00', length: 2h, zone: Europe/Berlin}]",
        "enabled: false",
        "customer: acme"
      })
  void losesNothingOfAField(String field) {
    Site site = site(field);

    assertThat(read(SiteItem.write(site))).isEqualTo(site);
  }

  @Test
  void namesTheCustomerInTheKey() {
    Map<String, AttributeValue> item = SiteItem.write(site("customer: acme"));

    assertThat(item.get("SiteId").s()).isEqualTo("acme/shop");
    assertThat(item).doesNotContainKey("customer");
    item.put("customer", AttributeValue.fromS("acme"));
    assertThat(read(item).key()).isEqualTo(new SiteKey("acme", "shop"));
    item.put("customer", AttributeValue.fromS("umbrella"));
    assertThat(reason(item)).startsWith("customer: is another than that of SiteId");
    item.put("SiteId", AttributeValue.fromS("default/shop"));
    assertThat(reason(item)).isEqualTo("SiteId: of the default customer is the id alone, 'shop'");
  }

  @Test
  void readsASiteBesideWhatWeirNotesOfItsChanges() {
    Map<String, AttributeValue> item =
        ItemVersions.next(SiteItem.write(site("enabled: true")), Map.of());

    assertThat(item).containsKeys("version", "digest");
    assertThat(read(item)).isEqualTo(site("enabled: true"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SiteId", "endpoint", "rate", "latencyConstraint", "testString"})
  void refusesAnItemOfTheOriginalThatLacksAnAttribute(String name) {
    Map<String, AttributeValue> item = original();
    item.remove(name);

    assertThat(reason(item)).startsWith(name + ":");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "1441", "1e3", "12345678901234567890"})
  void refusesARateThatIsNoWholeMinutes(String rate) {
    Map<String, AttributeValue> item = original();
    item.put("rate", AttributeValue.fromN(rate));

    assertThat(reason(item)).startsWith("rate: ");
  }

  @Test
  void takesNumbersThatCameAsTexts() {
    Map<String, AttributeValue> item = original();
    item.put("rate", AttributeValue.fromS("2"));
    item.put("latencyConstraint", AttributeValue.fromS("2"));

    assertThat(read(item)).isEqualTo(read(original()));
  }

  @Test
  void refusesAttributesOfTypesThatNoFieldHas() {
    for (AttributeValue value :
        List.of(
            AttributeValue.fromB(SdkBytes.fromUtf8String("x")),
            AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x"))),
            AttributeValue.fromM(Map.of()),
            AttributeValue.fromL(List.of(AttributeValue.fromL(List.of()))),
            AttributeValue.fromNs(List.of("1", "2")))) {
      for (String name : List.of("endpoint", "rate", "testString", "requests")) {
        Map<String, AttributeValue> item = original();
        item.put(name, value);
        assertThat(reason(item)).as("%s = %s", name, value).contains(name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sites", "Items", "RequestItems", "PutRequest", "id", "owner"})
  void refusesAnAttributeThatNoSiteHas(String name) {
    for (AttributeValue value :
        List.of(AttributeValue.fromS("x"), AttributeValue.fromL(List.of()))) {
      Map<String, AttributeValue> item = original();
      item.put(name, value);
      assertThat(reason(item)).startsWith(name + ":");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "a/", "/a", "a/b/c", "a b", "it's", "a\"b", "a\nb", "-a", "🌊", "a/../b"})
  void refusesASiteIdThatIsNoName(String siteId) {
    Map<String, AttributeValue> item = original();
    item.put("SiteId", AttributeValue.fromS(siteId));

    assertThat(reason(item)).matches("(?s)(SiteId|customer): .*");
  }

  @Test
  void tellsTheFirstProblemsOfManyInOneLine() {
    Map<String, AttributeValue> item = original();
    for (int i = 0; i < 9; i++) {
      item.put("other" + i, AttributeValue.fromS("x"));
    }

    assertThat(reason(item)).endsWith("; and 4 more").doesNotContain("\n");
  }

  private static Map<String, AttributeValue> original() {
    return new HashMap<>(
        Map.of(
            "SiteId", AttributeValue.fromS("googlesearch"),
            "endpoint", AttributeValue.fromS("https://www.google.com"),
            "rate", AttributeValue.fromN("2"),
            "latencyConstraint", AttributeValue.fromN("2"),
            "testString", AttributeValue.fromS("google")));
  }

  private static Site site(String field) {
    return sites("sites:\n  - id: shop\n    endpoint: https://shop.example/\n    " + field)
        .getFirst();
  }

  private static List<Site> sites(String text) {
    SiteReader.Reading reading = new SiteReader(REGION).read("test", text);
    assertThat(reading).isInstanceOf(SiteReader.Reading.Sites.class);
    return ((SiteReader.Reading.Sites) reading).sites();
  }

  private static Site read(Map<String, AttributeValue> item) {
    Reading reading = SiteItem.read(item, REGION);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).site();
  }

  private static String reason(Map<String, AttributeValue> item) {
    Reading reading = SiteItem.read(item, REGION);
    assertThat(reading).isInstanceOf(Reading.Refused.class);
    return ((Reading.Refused) reading).reason();
  }

  private static Path examples() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/examples/sites.yaml"))) {
      folder = folder.getParent();
    }
    return folder.resolve("docs/examples/sites.yaml");
  }
}
