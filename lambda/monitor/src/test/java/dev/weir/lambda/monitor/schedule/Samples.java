// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import dev.weir.lambda.monitor.settings.RegionTargets;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;

/** Sites and regions for tests. */
public final class Samples {

  public static final String REGION = "eu-west-1";
  public static final String ROLE = "arn:aws:iam::123456789012:role/schedules";
  public static final String DEAD = "arn:aws:sqs:eu-west-1:123456789012:schedule-failures";

  private Samples() {}

  public static RegionTargets targets(String region) {
    return new RegionTargets(
        "arn:aws:lambda:%s:123456789012:function:cpt-monitoring:live".formatted(region),
        "arn:aws:lambda:%s:123456789012:function:cpt-monitoring-tick:live".formatted(region),
        "https://sqs.%s.amazonaws.com/123456789012/orders".formatted(region));
  }

  /** One site, from its fields as JSON without the braces. */
  public static Site site(String fields) {
    return switch (new SiteReader(REGION).read("test", "{" + fields + "}")) {
      case SiteReader.Reading.Sites sites -> sites.sites().getFirst();
      case SiteReader.Reading.Refused refused ->
          throw new IllegalArgumentException(refused.problems().toString());
    };
  }

  public static Site site(String customer, String id, String interval) {
    return site(
        "\"id\":\"%s\",\"customer\":\"%s\",\"endpoint\":\"https://shop.example/\",\"interval\":\"%s\""
            .formatted(id, customer, interval));
  }
}
