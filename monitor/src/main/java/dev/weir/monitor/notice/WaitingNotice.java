// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A notice on its way to one channel, and the document that it is until then. Its id is {@code
 * owner/channel/number/site/region/moment}: numbers of one channel ascend, and the rest tells
 * notices apart that several processes make in the same millisecond.
 *
 * @param owner whose channel it is, a customer or {@link Channels#EVERYBODY}
 * @param since when it began to wait
 */
record WaitingNotice(
    DocumentKey document, String owner, String channel, Notice notice, Instant since) {

  static final String COLLECTION = "waiting-notices";

  /**
   * @param number microseconds since the epoch, about
   */
  static WaitingNotice of(String owner, String channel, long number, Notice notice) {
    Incident incident = notice.incident();
    String id =
        "%s%020d/%s/%s/%015d"
            .formatted(
                prefix(owner, channel),
                number,
                incident.site().id(),
                incident.region(),
                notice.moment().toEpochMilli());
    return new WaitingNotice(
        new DocumentKey(COLLECTION, id), owner, channel, notice, moment(number));
  }

  /** What was written; empty where it can't be read. */
  static Optional<WaitingNotice> read(Document document) {
    try {
      String[] id = document.key().id().split("/");
      Notice notice = NoticeText.notice(document.json());
      Instant since = moment(Long.parseLong(id[2]));
      return Optional.of(new WaitingNotice(document.key(), id[0], id[1], notice, since));
    } catch (RuntimeException _) {
      return Optional.empty(); // Whatever is wrong with a text that Weir did not write.
    }
  }

  /** What the ids of one channel's notices begin with. */
  static String prefix(String owner, String channel) {
    return owner + "/" + channel + "/";
  }

  /** The number in an id, so that new ones are greater. */
  long number() {
    return Long.parseLong(document.id().split("/")[2]);
  }

  DocumentEdit edit() {
    return new DocumentEdit.Put(document, NoticeText.of(notice), DocumentEdit.ANY);
  }

  private static Instant moment(long number) {
    return Instant.ofEpochMilli(number / 1_000);
  }
}
