// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.monitor.check.Site;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckOrderTest {

  private static final Instant SLOT = Instant.parse("2026-11-22T10:00:00Z");
  private static final Site SHOP = TestSites.of("shop", "https://shop.example/");
  private static final Site AWKWARD =
      TestSites.of(
          "{\"id\":\"awkward\",\"customer\":\"acme\",\"endpoint\":\"https://a.example/?q=%22\","
              + "\"http\":{\"method\":\"POST\",\"body\":\"a \\\"b\\\" \\\\ c\\nd 😀 },{ e\"}}");

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    Instant later = SLOT.plusMillis(12_250);
    CheckOrder order =
        new CheckOrder(
            SLOT,
            "eu-west-1",
            List.of(new CheckOrder.Entry(SHOP), new CheckOrder.Entry(AWKWARD, Optional.of(later))));

    OrderReader.Reading reading = OrderReader.read(OrderWriter.write(order));

    assertThat(reading.refused()).isEmpty();
    assertThat(reading.order()).contains(order);
    assertThat(order.entries()).extracting(order::moment).containsExactly(SLOT, later);
  }

  @Test
  void aScheduleSaysTheSlotItself() {
    CheckOrder order = new CheckOrder(SLOT, "eu-west-1", List.of(new CheckOrder.Entry(SHOP)));

    String input = OrderWriter.write(order, "<aws.scheduler.scheduled-time>");

    assertThat(input).startsWith("{\"slot\":\"<aws.scheduler.scheduled-time>\",");
    assertThat(
            OrderReader.read(input.replace("<aws.scheduler.scheduled-time>", SLOT.toString()))
                .order())
        .contains(order);
  }

  @Test
  void aSiteThatCannotBeReadCostsTheOthersNothing() {
    String text =
        OrderWriter.write(
            new CheckOrder(
                SLOT,
                "eu-west-1",
                List.of(new CheckOrder.Entry(SHOP), new CheckOrder.Entry(AWKWARD))));
    String broken =
        text.replace(
            "\"sites\":[",
            "\"sites\":[{\"site\":{\"id\":\"odd\",\"endpoint\":\"gopher://x\"}},{},7,"
                + "{\"at\":\"soon\",\"site\":{\"id\":\"x\",\"endpoint\":\"http://x.example\"}},");

    OrderReader.Reading reading = OrderReader.read(broken);

    assertThat(reading.order().orElseThrow().entries())
        .extracting(CheckOrder.Entry::site)
        .containsExactly(SHOP, AWKWARD);
    assertThat(reading.refused()).hasSize(4);
    assertThat(reading.refused().getFirst()).contains("odd").contains("gopher");
    assertThat(reading.refused().get(1)).contains("sites[1]").contains("no site");
    assertThat(reading.refused().get(3)).contains("at").contains("'soon'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x:y?token=s3cret",
        "ftp://h.example/?token=s3cret",
        "http://user:s3cret@h.example/",
        "http://h.example:99999/?token=s3cret"
      })
  void b14WhyASiteIsRefusedTellsNothingOfItsUrlThatIsSecret(String endpoint) {
    OrderReader.Reading reading =
        OrderReader.read(
            "{\"slot\":\"%s\",\"region\":\"r\",\"sites\":[{\"site\":{\"id\":\"a\",\"endpoint\":\"%s\"}}]}"
                .formatted(SLOT, endpoint));

    assertThat(reading.refused()).hasSize(1);
    assertThat(reading.refused().getFirst()).contains("endpoint").doesNotContain("s3cret");
  }

  @Test
  void fieldsOfALaterWeirAreLeftOut() {
    String text =
        OrderWriter.write(new CheckOrder(SLOT, "eu-west-1", List.of(new CheckOrder.Entry(SHOP))));

    assertThat(
            OrderReader.read(text.replace("{\"slot\"", "{\"new\":{\"a\":[1]},\"slot\""))
                .order()
                .orElseThrow()
                .entries())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{}",
        "{\"slot\":\"2026-11-22T10:00:00Z\",\"region\":\"eu-west-1\",\"sites\":[]}",
        "{\"slot\":\"<aws.scheduler.scheduled-time>\",\"region\":\"r\",\"sites\":[{\"site\":{}}]}",
        "{\"slot\":5,\"region\":\"r\",\"sites\":[{\"site\":{}}]}",
        "{\"slot\":\"2026-11-22T10:00:00Z\",\"sites\":[{\"site\":{}}]}",
        "{\"slot\":\"2026-11-22T10:00:00Z\",\"region\":\"r\",\"sites\":{}}",
        "{\"slot\":\"2026-11-22T10:00:00Z\",\"region\":\"r\",\"sites\":[{\"site\":{}}]} x"
      })
  void whatIsNoOrderIsRefusedAsAWhole(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OrderReader.read(text))
        .withMessageContaining("order");
  }

  @Test
  void aHundredSitesAreTakenAndNoMore() {
    CheckOrder most =
        new CheckOrder(SLOT, "eu-west-1", Collections.nCopies(100, new CheckOrder.Entry(SHOP)));
    assertThat(OrderReader.read(OrderWriter.write(most)).order()).contains(most);

    String site = "{\"site\":{\"id\":\"a\",\"endpoint\":\"http://a.example\"}}";
    String text =
        "{\"slot\":\"%s\",\"region\":\"r\",\"sites\":[%s]}"
            .formatted(
                SLOT, Collections.nCopies(101, site).stream().collect(Collectors.joining(",")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OrderReader.read(text))
        .withMessage("an order has at most 100 sites");
  }

  @Test
  void anOrderIsNotReadBeyondItsSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OrderReader.read(" ".repeat(CheckOrder.BYTES_MAX) + "{}"))
        .withMessage("an order has at most 262,144 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OrderReader.read("\"" + "😀".repeat(70_000) + "\""))
        .withMessage("an order has at most 262,144 bytes");
  }
}
