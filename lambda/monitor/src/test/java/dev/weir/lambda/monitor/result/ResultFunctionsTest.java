// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import static dev.weir.lambda.monitor.result.Reports.down;
import static dev.weir.lambda.monitor.result.Reports.site;
import static dev.weir.lambda.monitor.result.Reports.up;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.environment.Variables;
import dev.weir.lambda.monitor.FixedContext;
import dev.weir.lambda.monitor.claim.MemoryClaims;
import dev.weir.lambda.monitor.log.FunctionMetrics;
import dev.weir.lambda.monitor.queue.BatchAnswer;
import dev.weir.lambda.monitor.queue.BatchEvents;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteWriter;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.site.SiteBook;
import dev.weir.query.ResultPage;
import dev.weir.query.ValueType;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import dev.weir.store.kit.FixedCatalogReader;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ResultFunctionsTest {

  private static final String NONE_FAILED = BatchAnswer.failed(List.of());
  private static final Site SHOP = site("default", "shop");
  private static final Site CRM = site("acme", "crm");

  private final KeyedPoints store = new KeyedPoints();
  private final MemoryDocuments documents = new MemoryDocuments();
  private final ToldChannel hook = new ToldChannel();
  private final Asked asked = new Asked();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:01:30Z"));
  private final MemoryClaims claims = new MemoryClaims(clock);
  private final FunctionMetrics metrics = FunctionMetrics.of(new Variables(Map.of()));
  private final ResultFunctions functions = functions();

  @Test
  void aBatchIsStoredAndAnsweredWithWhatIsNotDone() {
    String answer =
        functions.write(event("a", down(SHOP, 0), "b", "no report", "c", up(CRM, 0)), minute());

    assertThat(answer).isEqualTo(BatchAnswer.failed(List.of("b")));
    assertThat(store.stored()).hasSize(2);
  }

  @Test
  void theWriterTellsNobodyWhatItsReceiversMayHoldUp() {
    assertThat(functions.write(event("a", down(SHOP, 0)), minute())).isEqualTo(NONE_FAILED);
    assertThat(hook.told()).isEmpty();

    functions.deliver(minute());
    assertThat(hook.told()).containsExactly("opened default/shop");
  }

  @Test
  void oneInvocationAtATimeTellsANotice() {
    functions.write(event("a", down(SHOP, 0)), minute());
    metrics.flush(); // as each invocation ends
    List<Map<String, Long>> second = new ArrayList<>();
    hook.whenTold(() -> second.add(functions().deliver(minute("second"))));

    assertThat(functions.deliver(minute("first"))).containsEntry("NoticesDelivered", 1L);

    assertThat(second).containsExactly(Map.of("RoundsUnderWay", 1L));
    assertThat(hook.told()).containsExactly("opened default/shop");
  }

  @Test
  void aRoundThatWasKilledHoldsUpTheNextOneNoLongerThanItsTime() {
    claims.take(ResultFunctions.ROUND, "killed", Duration.ofSeconds(60));
    functions.write(event("a", down(SHOP, 0)), minute());

    assertThat(functions.deliver(minute())).containsEntry("RoundsUnderWay", 1L);
    assertThat(hook.told()).isEmpty();
    clock.advance(Duration.ofSeconds(60));

    functions.deliver(minute());
    assertThat(hook.told()).containsExactly("opened default/shop");
  }

  @Test
  void aClaimThatCannotBeGivenBackEndsWithItsTime() {
    functions.write(event("a", down(SHOP, 0)), minute());
    hook.whenTold(() -> claims.away(true));
    functions.deliver(minute("first"));
    assertThat(hook.told()).hasSize(1);
    assertThatThrownBy(() -> functions.deliver(minute("second"))).hasMessage("claims are away");

    claims.away(false);
    hook.whenTold(() -> {});
    clock.advance(Duration.ofMinutes(1));
    functions.write(event("b", up(SHOP, 1)), minute());
    functions.deliver(minute("third"));
    assertThat(hook.told()).containsExactly("opened default/shop", "closed default/shop");
  }

  @Test
  void whatCouldNotBeToldIsToldByTheNextRound() {
    hook.away(true);
    functions.write(event("a", down(SHOP, 0)), minute());
    metrics.flush(); // as each invocation ends
    assertThat(functions.deliver(minute())).isEqualTo(Map.of("NoticesPutOff", 1L));
    hook.away(false);

    assertThat(functions.deliver(minute())).isEqualTo(Map.of("NoticesDelivered", 1L));

    assertThat(hook.told()).containsExactly("opened default/shop");
    assertThat(functions.deliver(minute())).isEmpty();
  }

  @Test
  void eachRoundTellsWhatIsOpen() {
    functions.write(event("a", down(SHOP, 0)), minute());
    functions.deliver(minute());
    functions.write(event("b", up(SHOP, 1)), minute());
    functions.deliver(minute());

    assertThat(hook.refreshed()).containsExactly("repeated default/shop");
  }

  @Test
  void anInvocationThatHasNoTimeLeavesNoticesToTheRound() {
    FixedContext short12 =
        new FixedContext("r", clock, clock.instant().plus(ResultFunctions.FOR_NOTICE));

    assertThat(functions.write(event("a", down(SHOP, 0)), short12)).isEqualTo(NONE_FAILED);
    assertThat(hook.told()).isEmpty();
    functions.deliver(short12);
    assertThat(hook.told()).isEmpty();
    assertThat(hook.refreshed()).isEmpty();

    functions.deliver(minute());
    assertThat(hook.told()).containsExactly("opened default/shop");
  }

  @Test
  void anEventThatIsNoBatchFailsAsAWhole() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> functions.write("{}", minute()))
        .withMessageContaining("no Records");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> functions.write("{\"Records\":[{\"body\":\"\"}]}", minute()))
        .withMessageContaining("messageId");
    assertThat(functions.write("{\"Records\":[{\"messageId\":\"a\"}]}", minute()))
        .isEqualTo(BatchAnswer.failed(List.of("a")));
  }

  @Test
  void theLastHoursOfEachCustomerAreSummedOnceTheyHaveSettled() {
    watch(SHOP, CRM);

    functions.rollUp(Map.of(), quarterOfAnHour());
    assertThat(asked.ranges())
        .containsExactlyInAnyOrder(
            "CPTMonitoring 05:00 to 11:00", "CPTMonitoring-acme 05:00 to 11:00");

    asked.clear();
    clock.advance(Duration.ofSeconds(30));
    functions.rollUp(Map.of("time", "2026-11-22T12:02:00Z"), quarterOfAnHour());
    assertThat(asked.ranges()).contains("CPTMonitoring 06:00 to 12:00");
  }

  @Test
  void hoursCanBeAskedFor() {
    watch(SHOP);

    functions.rollUp(
        Map.of("from", "2026-11-22T01:00:00Z", "to", "2026-11-22T03:30:00Z"), quarterOfAnHour());

    assertThat(asked.ranges()).containsExactly("CPTMonitoring 01:00 to 03:00");
  }

  @Test
  void hoursOfOneCustomerThatCannotBeMadeHoldUpNobodyElse() {
    watch(SHOP, CRM);
    asked.fail("CPTMonitoring-acme");

    assertThatThrownBy(() -> functions.rollUp(Map.of(), quarterOfAnHour()))
        .hasMessage("hours of 1 of 2 customers could not be made: acme");
    assertThat(asked.ranges()).containsExactly("CPTMonitoring 05:00 to 11:00");
  }

  @Test
  void hoursForWhichNoTimeIsLeftAreNamedAndOthersComeFirstInTheNextHour() {
    Site blog = site("beta", "blog");
    watch(SHOP, CRM, blog);
    Duration each = Duration.ofMinutes(7);
    asked.whenAsked(() -> clock.advance(each));
    Map<String, Integer> turns = new LinkedHashMap<>();

    for (int hour = 0; hour < 3; hour++) {
      Instant start = Instant.parse("2026-11-22T12:03:00Z").plus(Duration.ofHours(hour));
      clock.advance(Duration.between(clock.instant(), start));
      asked.clear();
      assertThatThrownBy(() -> functions.rollUp(Map.of(), quarterOfAnHour()))
          .hasMessageStartingWith("no time was left for 1 of 3 customers (from 2026-11-22T")
          .satisfies(e -> turns.merge(e.getMessage().replaceFirst(".*: ", ""), 1, Integer::sum));
      assertThat(asked.ranges()).hasSize(2);
    }

    assertThat(turns).isEqualTo(Map.of("acme", 1, "beta", 1, "default", 1));
  }

  @Test
  void aShortTimeIsLongEnoughToBegin() {
    watch(SHOP);

    functions.rollUp(Map.of(), minute());

    assertThat(asked.ranges()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=2026-11-22T01:00:00Z",
        "to=2026-11-22T01:00:00Z",
        "from=yesterday,to=2026-11-22T01:00:00Z",
        "from=2026-11-22T01:00:00Z,to=1",
        "from=2026-11-22T01:00:00Z,to=2026-11-22T01:59:00Z",
        "from=2020-11-22T01:00:00Z,to=2026-11-22T01:59:00Z"
      })
  void hoursThatAreNoneAreRefused(String fields) {
    watch(SHOP);
    Map<String, Object> event = new LinkedHashMap<>();
    for (String each : fields.split(",")) {
      event.put(each.split("=")[0], each.split("=")[1]);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> functions.rollUp(event, quarterOfAnHour()));
    assertThat(asked.ranges()).isEmpty();
  }

  @Test
  void theIncidentOfASiteThatIsGoneEndsWithTheHour() {
    watch(SHOP, CRM);
    functions.write(event("a", down(SHOP, 0), "b", down(CRM, 0)), minute());
    functions.deliver(minute());
    documents.apply(
        List.of(
            new DocumentEdit.Delete(
                new DocumentKey(SiteBook.COLLECTION, CRM.key().toString()), DocumentEdit.ANY)));

    functions.rollUp(Map.of(), quarterOfAnHour());
    functions.deliver(minute());

    assertThat(hook.told())
        .containsExactlyInAnyOrder("opened default/shop", "opened acme/crm", "closed acme/crm");
  }

  @Test
  void aSiteThatIsPausedOrNotCheckedFromThereHasNoIncident() {
    watch(SHOP, CRM);
    functions.write(event("a", down(SHOP, 0), "b", down(CRM, 0)), minute());
    functions.deliver(minute());
    put(SHOP, SiteWriter.write(SHOP).replace("\"enabled\":true", "\"enabled\":false"));
    put(CRM, SiteWriter.write(CRM).replace("eu-west-1", "us-east-1"));

    functions.rollUp(Map.of(), quarterOfAnHour());
    functions.deliver(minute());

    assertThat(hook.told()).contains("closed default/shop", "closed acme/crm");
  }

  @Test
  void aSiteThatCannotBeReadKeepsItsIncident() {
    watch(SHOP);
    functions.write(event("a", down(SHOP, 0)), minute());
    functions.deliver(minute());
    put(SHOP, "{\"newer\":true}");

    functions.rollUp(Map.of(), quarterOfAnHour());
    functions.deliver(minute());

    assertThat(hook.told()).containsExactly("opened default/shop");
  }

  private FixedContext quarterOfAnHour() {
    return new FixedContext("r", clock, clock.instant().plus(Duration.ofMinutes(15)));
  }

  private FixedContext minute() {
    return minute("r");
  }

  private FixedContext minute(String requestId) {
    return new FixedContext(requestId, clock, clock.instant().plusSeconds(60));
  }

  private void watch(Site... sites) {
    for (Site site : sites) {
      put(site, SiteWriter.write(site));
    }
  }

  private void put(Site site, String text) {
    documents.apply(
        List.of(
            new DocumentEdit.Put(
                new DocumentKey(SiteBook.COLLECTION, site.key().toString()),
                text,
                DocumentEdit.ANY)));
  }

  private static String event(String... idsAndBodies) {
    Map<String, String> messages = new LinkedHashMap<>();
    for (int i = 0; i < idsAndBodies.length; i += 2) {
      messages.put(idsAndBodies[i], idsAndBodies[i + 1]);
    }
    return BatchEvents.of(messages);
  }

  private ResultFunctions functions() {
    return new ResultFunctions(
        new ResultFunctions.Ports(
            store,
            asked,
            new FixedCatalogReader(
                List.of(
                    results(CheckTables.ORIGINAL.results("default")),
                    results(CheckTables.ORIGINAL.results("acme")),
                    results(CheckTables.ORIGINAL.results("beta")))),
            documents,
            claims,
            new Channels(Map.of(Channels.EVERYBODY, List.of(hook))),
            CheckTables.ORIGINAL,
            Reports.REGION),
        metrics,
        clock);
  }

  private static TableDescription results(TableName table) {
    return new TableDescription(
        table,
        List.of(new ColumnDescription("requests", ValueType.Scalar.BIGINT, ColumnRole.MULTI)));
  }

  /** Knows which hours were asked for; finds nothing in them. */
  private static final class Asked implements QueryRunner {
    private static final Pattern SUMS =
        Pattern.compile(
            "FROM \"([^\"]+)\"\\..*from_milliseconds\\((\\d+)\\).*from_milliseconds\\((\\d+)\\)");

    private final List<String> ranges = new ArrayList<>();
    private String down = "";
    private Runnable whenAsked = () -> {};

    /** Runs with each query. */
    void whenAsked(Runnable action) {
      whenAsked = action;
    }

    void fail(String database) {
      down = database;
    }

    void clear() {
      ranges.clear();
    }

    List<String> ranges() {
      return List.copyOf(ranges);
    }

    @Override
    public QueryPage run(QueryRequest request) {
      Matcher sums = SUMS.matcher(request.text());
      assertThat(sums.find()).as(request.text()).isTrue();
      if (sums.group(1).equals(down)) {
        throw new StoreException(StoreException.Kind.THROTTLED, "on purpose");
      }
      whenAsked.run();
      ranges.add("%s %s to %s".formatted(sums.group(1), hour(sums.group(2)), hour(sums.group(3))));
      return new QueryPage("q", new ResultPage(List.of(), 0), null);
    }

    private static String hour(String millis) {
      return Instant.ofEpochMilli(Long.parseLong(millis)).toString().substring(11, 16);
    }

    @Override
    public boolean cancel(String queryId) {
      return false;
    }
  }
}
