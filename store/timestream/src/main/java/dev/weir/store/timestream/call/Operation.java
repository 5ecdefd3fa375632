// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

/** The operations that are called, with the API that each belongs to. */
public enum Operation {
  WRITE_RECORDS(Api.WRITE, "WriteRecords"),
  QUERY(Api.QUERY, "Query"),
  CANCEL_QUERY(Api.QUERY, "CancelQuery");

  /** Timestream has two APIs, each with endpoints of its own. */
  public enum Api {
    WRITE,
    QUERY
  }

  private final Api api;
  private final String wireName;

  Operation(Api api, String wireName) {
    this.api = api;
    this.wireName = wireName;
  }

  public Api api() {
    return api;
  }

  /** The value of the header {@code X-Amz-Target}. */
  public String target() {
    return "Timestream_20181101." + wireName;
  }
}
