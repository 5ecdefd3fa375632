// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.monitor.check.SiteKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which sites the file has brought: one document for each. So a site that leaves the file goes,
 * also where Weir was down meanwhile, and one that came another way stays.
 */
final class FileMarks {

  private static final String COLLECTION = "sites-of-file";
  private static final int PAGE = 1_000;

  private final Documents documents;

  FileMarks(Documents documents) {
    this.documents = documents;
  }

  /** Names of all sites that are marked, as {@code customer/id}. */
  TreeSet<String> all() {
    TreeSet<String> names = new TreeSet<>();
    List<Document> page = documents.list(COLLECTION, null, PAGE);
    while (!page.isEmpty()) {
      page.forEach(document -> names.add(document.key().id()));
      page = documents.list(COLLECTION, page.getLast().key().id(), PAGE);
    }
    return names;
  }

  void put(Collection<SiteKey> keys) {
    apply(
        keys.stream()
            .map(key -> new DocumentEdit.Put(key(key.toString()), "{}", DocumentEdit.ANY)));
  }

  void remove(Collection<String> names) {
    apply(names.stream().map(name -> new DocumentEdit.Delete(key(name), DocumentEdit.ANY)));
  }

  /** In steps; one that fails leaves marks of sites that are not there, which do no harm. */
  private void apply(Stream<? extends DocumentEdit> edits) {
    List<DocumentEdit> all = new ArrayList<>(edits.toList());
    for (int from = 0; from < all.size(); from += Documents.EDITS_MAX) {
      documents.apply(all.subList(from, Math.min(all.size(), from + Documents.EDITS_MAX)));
    }
  }

  private static DocumentKey key(String name) {
    return new DocumentKey(COLLECTION, name);
  }
}
