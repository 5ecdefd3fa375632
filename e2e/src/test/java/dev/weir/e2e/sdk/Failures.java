// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.sdk;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The SDK's exceptions as ours. What no contract provokes is thrown on, to fail the test. */
final class Failures {

  private Failures() {}

  static <T> T asked(Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      Kind kind =
          switch (e.awsErrorDetails().errorCode()) {
            case "ValidationException", "RejectedRecordsException" -> Kind.BAD_REQUEST;
            case "ResourceNotFoundException" -> Kind.NOT_FOUND;
            case "ConflictException" -> Kind.CONFLICT;
            case "ServiceQuotaExceededException" -> Kind.QUOTA;
            default -> throw e;
          };
      throw new StoreException(kind, e.awsErrorDetails().errorMessage(), e);
    }
  }

  static <T> Optional<T> ifThere(Supplier<T> call) {
    try {
      return Optional.of(asked(call));
    } catch (StoreException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
