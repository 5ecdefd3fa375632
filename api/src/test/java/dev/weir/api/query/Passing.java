// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import java.util.function.Consumer;

/** Looks at each request on its way to a store. */
record Passing(QueryRunner store, Consumer<QueryRequest> before) implements QueryRunner {

  @Override
  public QueryPage run(QueryRequest request) {
    before.accept(request);
    return store.run(request);
  }

  @Override
  public boolean cancel(String queryId) {
    return store.cancel(queryId);
  }
}
