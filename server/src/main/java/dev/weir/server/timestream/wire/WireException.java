// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.wire;

import dev.weir.store.Rejection;
import java.util.List;

/** A call that ends in an error of the protocol. Carries no stack: it is an answer. */
public final class WireException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final transient List<Rejection> rejections;

  /**
   * An error with a message for the caller.
   *
   * @param message names the thing, the value, the limit
   */
  public WireException(Fault fault, String message) {
    this(fault, message, List.of());
  }

  private WireException(Fault fault, String message, List<Rejection> rejections) {
    super(message, null, false, false);
    this.fault = fault;
    this.rejections = rejections;
  }

  /** A ValidationException. */
  public static WireException invalid(String message) {
    return new WireException(Fault.VALIDATION, message);
  }

  /** A SerializationException. */
  public static WireException unreadable(String message) {
    return new WireException(Fault.SERIALIZATION, message);
  }

  /** Records that were not stored, though the rest of their call was; ascending by index. */
  public static WireException rejected(List<Rejection> rejections) {
    return new WireException(
        Fault.REJECTED_RECORDS,
        "One or more records have been rejected. See RejectedRecords for details.",
        List.copyOf(rejections));
  }

  public Fault fault() {
    return fault;
  }

  /** Empty but for rejected records. */
  public List<Rejection> rejections() {
    return rejections;
  }
}
