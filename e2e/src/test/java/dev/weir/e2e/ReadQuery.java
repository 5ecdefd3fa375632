// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

/** One query of a read request, put together matcher by matcher. */
final class ReadQuery {

  private static final int EQUAL = 0;
  private static final int NOT_EQUAL = 1;
  private static final int MATCHES = 2;
  private static final int MATCHES_NOT = 3;

  private final WireWriter message;

  private ReadQuery(long startMillis, long endMillis) {
    this.message = new WireWriter().varint(1, startMillis).varint(2, endMillis);
  }

  /** Of all time, as it were: from an hour before to an hour after. */
  static ReadQuery around(long timeMillis) {
    return new ReadQuery(timeMillis - 3_600_000, timeMillis + 3_600_000);
  }

  /** Both ends inclusive. */
  static ReadQuery between(long startMillis, long endMillis) {
    return new ReadQuery(startMillis, endMillis);
  }

  ReadQuery equal(String label, String value) {
    return matcher(EQUAL, label, value);
  }

  ReadQuery notEqual(String label, String value) {
    return matcher(NOT_EQUAL, label, value);
  }

  ReadQuery matching(String label, String regex) {
    return matcher(MATCHES, label, regex);
  }

  ReadQuery notMatching(String label, String regex) {
    return matcher(MATCHES_NOT, label, regex);
  }

  ReadQuery matcher(int type, String label, String value) {
    message.message(3, new WireWriter().varint(1, type).text(2, label).text(3, value));
    return this;
  }

  /** Hints with a time range of their own, as a Prometheus sends them. */
  ReadQuery hints(long startMillis, long endMillis) {
    message.message(
        4,
        new WireWriter().varint(1, 1_000).text(2, "").varint(3, startMillis).varint(4, endMillis));
    return this;
  }

  /** A request with these queries that accepts samples. */
  static byte[] request(ReadQuery... queries) {
    WireWriter request = new WireWriter();
    for (ReadQuery query : queries) {
      request.message(1, query.message);
    }
    return request.compressed();
  }
}
