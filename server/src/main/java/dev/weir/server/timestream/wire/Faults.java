// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.wire;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;

/** The one place where failures become errors of the protocol, and these become answers. */
public final class Faults {

  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final String ERROR_TYPE_HEADER = "x-amzn-errortype";

  private Faults() {}

  /** What a store's failure is called here. */
  public static WireException of(StoreException failure, Operation operation) {
    Fault fault =
        switch (failure.kind()) {
          case BAD_REQUEST -> Fault.VALIDATION;
          case NOT_FOUND -> Fault.RESOURCE_NOT_FOUND;
          case CONFLICT -> Fault.CONFLICT;
          case DENIED -> Fault.ACCESS_DENIED;
          case WRONG_ENDPOINT -> Fault.INVALID_ENDPOINT;
          case THROTTLED -> Fault.THROTTLING;
          case CANCELLED -> operation.isQuery() ? Fault.CONFLICT : Fault.INTERNAL_SERVER;
          // A query over its time or memory fails again; a write that timed out may be repeated.
          case TIMED_OUT -> operation.isQuery() ? Fault.QUERY_EXECUTION : Fault.INTERNAL_SERVER;
          case QUOTA -> operation.isQuery() ? Fault.QUERY_EXECUTION : Fault.SERVICE_QUOTA_EXCEEDED;
          case UNAVAILABLE, INTERNAL -> Fault.INTERNAL_SERVER;
        };
    return new WireException(fault, String.valueOf(failure.getMessage()));
  }

  /** A good answer. */
  public static Response answer(JsonOut body) {
    return Response.bytes(200, Headers.of("Content-Type", CONTENT_TYPE), body.toBytes());
  }

  /** An error as clients read it: its name in body and header, its message, its records. */
  public static Response answer(WireException error) {
    return answer(error, error.fault().status());
  }

  /** The same with another status, where the transport has said why already. */
  public static Response answer(WireException error, int status) {
    JsonOut body = new JsonOut(256);
    body.open().member("__type", error.fault().type());
    body.member("Message", String.valueOf(error.getMessage()));
    if (error.fault() == Fault.REJECTED_RECORDS) {
      body.name("RejectedRecords").openArray();
      for (Rejection rejection : error.rejections()) {
        body.open().member("RecordIndex", rejection.index()).member("Reason", rejection.message());
        Long version = rejection.existingVersion();
        if (version != null) {
          body.member("ExistingVersion", version);
        }
        body.close();
      }
      body.closeArray();
    }
    body.close();
    return Response.bytes(
        status,
        Headers.of("Content-Type", CONTENT_TYPE, ERROR_TYPE_HEADER, error.fault().shape()),
        body.toBytes());
  }

  /** What the server refuses before the door is asked, in the form of the door. */
  public static Response refusal(int status, String message) {
    Fault fault =
        switch (status) {
          case 401, 403 -> Fault.ACCESS_DENIED;
          case 429, 503 -> Fault.THROTTLING;
          default -> status < 500 ? Fault.VALIDATION : Fault.INTERNAL_SERVER;
        };
    return answer(new WireException(fault, message), status);
  }
}
