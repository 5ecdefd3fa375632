// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.aws;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a function says of its batch (Lambda developer guide, "partial batch responses"): the
 * records that failed; none where it says nothing; the whole batch where it failed itself, or names
 * what is not in the batch.
 */
final class FailedItems {

  private static final JsonMapper JSON = new JsonMapper();

  private FailedItems() {}

  /** Those of the batch that failed, in its order; empty for the whole of it. */
  static Optional<Set<String>> of(Invocation invocation, Set<String> batch) {
    return switch (invocation) {
      case Invocation.Failed failed -> Optional.empty();
      case Invocation.Answered answered -> named(answered.json(), batch);
    };
  }

  private static Optional<Set<String>> named(String json, Set<String> batch) {
    Set<String> named = new LinkedHashSet<>();
    try {
      for (JsonNode each : JSON.readTree(json).path("batchItemFailures")) {
        named.add(each.path("itemIdentifier").asString(""));
      }
    } catch (JacksonException e) {
      return Optional.empty();
    }
    if (!batch.containsAll(named)) {
      return Optional.empty();
    }
    Set<String> ordered = new LinkedHashSet<>(batch);
    ordered.retainAll(named);
    return Optional.of(ordered);
  }
}
