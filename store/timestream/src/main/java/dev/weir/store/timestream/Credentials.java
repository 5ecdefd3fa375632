// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A set of AWS credentials. Its text says nothing but the access key, which is no secret.
 *
 * @param sessionToken of temporary credentials; null for those of a user
 */
public record Credentials(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {

  public Credentials {
    requireNonNull(accessKeyId, "accessKeyId");
    requireNonNull(secretAccessKey, "secretAccessKey");
    if (accessKeyId.isEmpty() || secretAccessKey.isEmpty()) {
      throw new IllegalArgumentException("access key and secret must not be empty");
    }
  }

  @Override
  public String toString() {
    return "Credentials[" + accessKeyId + "]";
  }
}
