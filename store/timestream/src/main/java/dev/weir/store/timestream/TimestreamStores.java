// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A store for each set of credentials, made when it is first asked for and kept. Stores share no
 * state but the connections that are open. Thread-safe.
 */
public final class TimestreamStores implements AutoCloseable {

  private final TimestreamOptions options;
  private final ConcurrentHashMap<Credentials, TimestreamStore> stores = new ConcurrentHashMap<>();
  private @Nullable TimestreamStore environment;

  private TimestreamStores(TimestreamOptions options) {
    this.options = options;
  }

  /** Makes nothing yet: what is wrong with an endpoint or a region shows at the first call. */
  public static TimestreamStores open(TimestreamOptions options) {
    return new TimestreamStores(options);
  }

  /** The store that one set of credentials opens. */
  public TimestreamStore of(Credentials credentials) {
    return stores.computeIfAbsent(
        credentials,
        key -> TimestreamStore.open(options, StaticCredentialsProvider.create(sdk(key))));
  }

  /**
   * The store for the credentials that the SDK finds: environment, profile, role of the machine.
   */
  public synchronized TimestreamStore ofEnvironment() {
    TimestreamStore store = environment;
    if (store == null) {
      AwsCredentialsProvider found = DefaultCredentialsProvider.builder().build();
      store = TimestreamStore.open(options, found);
      environment = store;
    }
    return store;
  }

  private static AwsCredentials sdk(Credentials credentials) {
    String token = credentials.sessionToken();
    return token == null
        ? AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey())
        : AwsSessionCredentials.create(
            credentials.accessKeyId(), credentials.secretAccessKey(), token);
  }

  @Override
  public synchronized void close() {
    stores.values().forEach(TimestreamStore::close);
    stores.clear();
    if (environment != null) {
      environment.close();
      environment = null;
    }
  }
}
