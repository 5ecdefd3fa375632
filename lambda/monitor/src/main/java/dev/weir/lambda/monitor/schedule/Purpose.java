// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import dev.weir.monitor.check.SiteKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a schedule is for; within one region there is one schedule at most for each. */
public sealed interface Purpose {

  /** Runs of one site. */
  record OfSite(SiteKey site) implements Purpose {
    @Override
    public String description() {
      return "Weir: site " + site;
    }
  }

  /** The tick of one shard of the sites that no schedule of their own fits. */
  record OfShard(int shard) implements Purpose {
    @Override
    public String description() {
      return "Weir: tick of shard " + shard;
    }
  }

  /** As it stands in the schedule's description, from which {@link #of} reads it back. */
  String description();

  /** Empty for a description that Weir did not write, or none. */
  static Optional<Purpose> of(@Nullable String text) {
    String description = text == null ? "" : text;
    Matcher site = Parts.SITE.matcher(description);
    Matcher shard = Parts.SHARD.matcher(description);
    if (shard.matches()) {
      return Optional.of(new OfShard(Integer.parseInt(shard.group(1))));
    }
    if (site.matches()) {
      try {
        return Optional.of(new OfSite(new SiteKey(site.group(1), site.group(2))));
      } catch (IllegalArgumentException _) {
        // no name of a site: somebody else's words
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** How descriptions are read. */
  final class Parts {
    private static final Pattern SITE = Pattern.compile("Weir: site ([^/ ]+)/([^/ ]+)");
    private static final Pattern SHARD = Pattern.compile("Weir: tick of shard (\\d{1,6})");

    private Parts() {}
  }
}
