// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Closed incidents, as documents in the order of their beginnings; old ones go as new ones come.
 */
final class History {

  static final String CLOSED = "closed-incidents";

  /** How long a closed incident is kept. */
  static final Duration AGE_MAX = Duration.ofDays(400);

  /** Old incidents that go with each new one. */
  private static final int FORGOTTEN_MAX = 8;

  private History() {}

  /** Adds a closed incident, and takes away what is too old of its customer's. */
  static List<DocumentEdit> edits(Documents documents, Notice closed) {
    Incident incident = closed.incident();
    String customer = incident.site().customer() + "/";
    List<DocumentEdit> edits = new ArrayList<>();
    String tooOld = customer + number(closed.moment().minus(AGE_MAX).toEpochMilli());
    for (Document old : documents.list(CLOSED, customer, FORGOTTEN_MAX)) {
      String id = old.key().id();
      if (id.startsWith(customer) && id.compareTo(tooOld) < 0) {
        edits.add(new DocumentEdit.Delete(old.key(), DocumentEdit.ANY));
      }
    }
    String id =
        "%s%s/%s/%s"
            .formatted(
                customer,
                number(incident.start().toEpochMilli()),
                incident.site().id(),
                incident.region());
    edits.add(
        new DocumentEdit.Put(new DocumentKey(CLOSED, id), NoticeText.of(closed), DocumentEdit.ANY));
    return edits;
  }

  /** A moment as ids have it: in the order of time. */
  static String number(long epochMillis) {
    return "%015d".formatted(epochMillis);
  }
}
