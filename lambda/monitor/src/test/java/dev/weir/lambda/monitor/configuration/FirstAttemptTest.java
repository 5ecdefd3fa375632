// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lambda.monitor.order.TestSites;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Site;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FirstAttemptTest {

  private static Site site(String more) {
    return TestSites.of(
        "{\"id\":\"a\",\"endpoint\":\"http://a.example\",\"interval\":\"5m\"%s}".formatted(more));
  }

  @Test
  void aSiteWithAllDefaultsFitsTwiceInAnInvocation() {
    Site site = site("");
    Confirmation confirmation = site.confirmation();
    Duration whole =
        FirstAttempt.longest(site)
            .multipliedBy(confirmation.attempts())
            .plus(confirmation.spacing());

    assertThat(whole).isLessThan(FirstAttempt.TIME_MAX);
    assertThat(FirstAttempt.warn(site)).isFalse();
  }

  @Test
  void halfOfTheRequestsHaveToFail() {
    assertThat(FirstAttempt.longest(site(",\"timeout\":\"30s\",\"requests\":5"))).hasSeconds(90);
    assertThat(FirstAttempt.longest(site(",\"timeout\":\"30s\",\"requests\":4"))).hasSeconds(60);
    assertThat(FirstAttempt.longest(site(",\"timeout\":\"30s\",\"requests\":1"))).hasSeconds(30);
  }

  @Test
  void aSiteThatCanNotFitIsNamed() {
    assertThat(FirstAttempt.warn(site(",\"timeout\":\"27s\",\"requests\":22"))).isFalse();
    Site site = site(",\"timeout\":\"27s\",\"requests\":23");

    assertThat(FirstAttempt.warn(site)).isTrue();
  }
}
