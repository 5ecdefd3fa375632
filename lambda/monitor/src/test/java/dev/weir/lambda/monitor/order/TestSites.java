// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.order;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;

/** Sites for tests, from a few fields of JSON. */
public final class TestSites {

  private TestSites() {}

  /** The one site of a text. */
  public static Site of(String json) {
    return switch (new SiteReader("eu-west-1").read("test", json)) {
      case SiteReader.Reading.Sites sites -> sites.sites().getFirst();
      case SiteReader.Reading.Refused refused ->
          throw new IllegalArgumentException(refused.problems().toString());
    };
  }

  /** A site of the default customer, each minute. */
  public static Site of(String id, String endpoint) {
    return of("{\"id\":\"%s\",\"endpoint\":\"%s\"}".formatted(id, endpoint));
  }
}
