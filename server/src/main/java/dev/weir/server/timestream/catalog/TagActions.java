// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.catalog;

import dev.weir.server.timestream.wire.Action;
import dev.weir.server.timestream.wire.Caller;
import dev.weir.server.timestream.wire.Constraints;
import dev.weir.server.timestream.wire.Fault;
import dev.weir.server.timestream.wire.JsonObject;
import dev.weir.server.timestream.wire.JsonOut;
import dev.weir.server.timestream.wire.Operation;
import dev.weir.server.timestream.wire.WireCall;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.store.TableName;
import dev.weir.store.administration.ResourceTags;
import dev.weir.store.administration.ResourceTags.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tags of databases and tables. Thread-safe. */
public final class TagActions {

  private static final int LISTED_MAX = 200;
  private static final int ARN_LENGTH_MAX = 1_011;

  /** Any partition and region: the region of a caller is what its credentials say. */
  private static final Pattern ARN =
      Pattern.compile(
          "arn:[a-z-]+:timestream:[a-z0-9-]*:([0-9]{12}):"
              + "database/([a-zA-Z0-9_.-]{3,256})(?:/table/([a-zA-Z0-9_.-]{3,256}))?");

  private final ResourceTags tags;

  public TagActions(ResourceTags tags) {
    this.tags = tags;
  }

  /** What this class does. */
  public Map<Operation, Action> all() {
    return Map.of(
        Operation.TAG_RESOURCE, this::tag,
        Operation.UNTAG_RESOURCE, this::untag,
        Operation.LIST_TAGS_FOR_RESOURCE, this::list);
  }

  private JsonOut tag(WireCall call) {
    JsonObject input = call.input();
    Resource resource = resource(call, input);
    Constraints.required(input.objects("Tags"), "tags");
    tags.tag(resource, Tags.of(input));
    return new JsonOut(2).open().close();
  }

  private JsonOut untag(WireCall call) {
    JsonObject input = call.input();
    tags.untag(resource(call, input), Set.copyOf(Tags.keys(input)));
    return new JsonOut(2).open().close();
  }

  private JsonOut list(WireCall call) {
    JsonObject input = call.input();
    ListPages pages = ListPages.of(input, LISTED_MAX);
    Map<String, String> found = tags.tags(resource(call, input));
    JsonOut out = new JsonOut(1_024).open();
    List<String> keys = found.keySet().stream().sorted().toList();
    pages.write(
        out,
        "Tags",
        keys,
        key -> out.open().member("Key", key).member("Value", found.getOrDefault(key, "")).close());
    return out.close();
  }

  private static Resource resource(WireCall call, JsonObject input) {
    String arn = Constraints.required(input.text("ResourceARN"), "resourceARN");
    Constraints.length(arn, "resourceARN", 1, ARN_LENGTH_MAX);
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches() || !parts.group(1).equals(Caller.ACCOUNT)) {
      throw new WireException(Fault.RESOURCE_NOT_FOUND, "The resource " + arn + " does not exist.");
    }
    String database = parts.group(2);
    String table = parts.group(3);
    call.caller().mayUse(database, call.operation());
    return table == null
        ? new Resource.OfDatabase(database)
        : new Resource.OfTable(new TableName(database, table));
  }
}
