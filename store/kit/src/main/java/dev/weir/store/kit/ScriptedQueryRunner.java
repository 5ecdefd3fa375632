// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import dev.weir.query.ResultPage;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A query runner that answers from a script. Each entry waits for a text that fits it and is then
 * used up; a text that nothing fits is an {@code INTERNAL} failure. Thread-safe.
 */
public final class ScriptedQueryRunner implements QueryRunner {

  private record Entry(
      Predicate<String> fits, List<ResultPage> pages, @Nullable StoreException failure) {}

  private final List<Entry> script = new ArrayList<>();
  private final List<QueryRequest> requests = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();
  private @Nullable Entry open;
  private int nextPage;

  /** Answers a text that contains {@code part} with these pages. */
  public synchronized ScriptedQueryRunner answer(String part, ResultPage... pages) {
    script.add(new Entry(text -> text.contains(part), List.of(pages), null));
    return this;
  }

  /** Fails for a text that contains {@code part}. */
  public synchronized ScriptedQueryRunner fail(String part, StoreException failure) {
    script.add(new Entry(text -> text.contains(part), List.of(), failure));
    return this;
  }

  @Override
  public synchronized QueryPage run(QueryRequest request) {
    requests.add(request);
    if (request.resumeToken() != null) {
      Entry entry = open;
      if (entry == null || !request.resumeToken().equals("page" + nextPage)) {
        throw new StoreException(Kind.BAD_REQUEST, "Invalid pagination token");
      }
      return page(entry);
    }
    for (Iterator<Entry> entries = script.iterator(); entries.hasNext(); ) {
      Entry entry = entries.next();
      if (entry.fits().test(request.text())) {
        entries.remove();
        if (entry.failure() != null) {
          throw entry.failure();
        }
        nextPage = 0;
        return page(entry);
      }
    }
    throw new StoreException(Kind.INTERNAL, "the script has no answer to: " + request.text());
  }

  @Override
  public synchronized boolean cancel(String queryId) {
    cancelled.add(queryId);
    return open != null;
  }

  /** All requests, in order. */
  public synchronized List<QueryRequest> requests() {
    return List.copyOf(requests);
  }

  /** The ids that were cancelled, in order. */
  public synchronized List<String> cancelled() {
    return List.copyOf(cancelled);
  }

  private QueryPage page(Entry entry) {
    ResultPage page = entry.pages().get(nextPage++);
    boolean last = nextPage == entry.pages().size();
    open = last ? null : entry;
    return new QueryPage("query1", page, last ? null : "page" + nextPage);
  }
}
