// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.wire;

/**
 * The closed set of errors that the door answers. The statuses are those of the services' older
 * Smithy model, which real traffic shows too; clients go by the name.
 */
public enum Fault {
  VALIDATION("ValidationException", 400),
  SERIALIZATION("SerializationException", 400),
  INCOMPLETE_SIGNATURE("IncompleteSignatureException", 400),
  QUERY_EXECUTION("QueryExecutionException", 400),
  SERVICE_QUOTA_EXCEEDED("ServiceQuotaExceededException", 402),
  ACCESS_DENIED("AccessDeniedException", 403),
  MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", 403),
  UNRECOGNIZED_CLIENT("UnrecognizedClientException", 403),
  INVALID_SIGNATURE("InvalidSignatureException", 403),
  RESOURCE_NOT_FOUND("ResourceNotFoundException", 404),
  UNKNOWN_OPERATION("UnknownOperationException", 404),
  CONFLICT("ConflictException", 409),
  REJECTED_RECORDS("RejectedRecordsException", 419),
  INVALID_ENDPOINT("InvalidEndpointException", 421),
  THROTTLING("ThrottlingException", 429),
  INTERNAL_SERVER("InternalServerException", 500);

  /** The shapes of the service live here; clients cut off what stands before the hash. */
  private static final String NAMESPACE = "com.amazonaws.timestream.v20181101#";

  private final String shape;
  private final int status;

  Fault(String shape, int status) {
    this.shape = shape;
    this.status = status;
  }

  /** The name by which clients know it. */
  public String shape() {
    return shape;
  }

  /** The name with its namespace, as it stands in a body. */
  public String type() {
    return NAMESPACE + shape;
  }

  public int status() {
    return status;
  }
}
