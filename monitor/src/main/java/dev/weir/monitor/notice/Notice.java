// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import java.time.Instant;
import java.util.Locale;

/**
 * What somebody is told of an incident.
 *
 * @param moment the slot of the run because of which it is told
 */
public record Notice(Kind kind, Incident incident, Instant moment) {

  /** Why it is told. */
  public enum Kind {
    OPENED,
    REPEATED,
    CLOSED;

    /** As JSON spells it. */
    public String spelling() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same in every attempt to deliver it: receivers may see a notice more than once. */
  public String id() {
    return "%s/%s/%d".formatted(incident.id(), kind.spelling(), moment.toEpochMilli());
  }

  /** As a flat object of JSON, the body of a webhook: see docs/notices.md. */
  public String json() {
    return NoticeText.of(this);
  }
}
