// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import dev.weir.store.timestream.call.Connections;
import dev.weir.store.timestream.call.Destination;
import dev.weir.store.timestream.call.Effort;
import dev.weir.store.timestream.query.ReadAheadLimit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * A store for each set of credentials, made when it is first asked for and kept. Stores share the
 * connections that are open and a limit of memory, and nothing that was learnt: not the endpoint,
 * the limit of calls or the catalog of another set. Thread-safe.
 */
public final class TimestreamStores implements AutoCloseable {

  /**
   * Sets of credentials whose stores are kept. Senders bring a few; whoever makes them up at random
   * costs no more than this. The set that was longest not asked for makes way, and where it is
   * still at work its calls go on: what is lost is what was learnt.
   */
  public static final int STORES_MAX = 64;

  /** Connections for each call of writing that one set may have at work. */
  private static final int CONNECTIONS_PER_WRITE_CALL = 4;

  private final TimestreamOptions options;
  private final Connections connections;
  private final Random random = new Random();
  private final ReadAheadLimit pages = new ReadAheadLimit();
  private final LinkedHashMap<Credentials, TimestreamStore> stores =
      new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable AwsCredentialsProvider found;
  private @Nullable TimestreamStore environment;
  private boolean closed;

  private TimestreamStores(TimestreamOptions options) {
    this.options = options;
    this.connections =
        Connections.open(
            options.writeCallsMax() * CONNECTIONS_PER_WRITE_CALL,
            options.clock(),
            random,
            options.listener(),
            System.getenv());
  }

  /** Makes nothing yet: what is wrong with an endpoint or a region shows at the first call. */
  public static TimestreamStores open(TimestreamOptions options) {
    return new TimestreamStores(options);
  }

  /** A store that is alone, and closes all when it is closed. */
  static TimestreamStore single(TimestreamOptions options, AwsCredentialsProvider credentials) {
    TimestreamStores stores = new TimestreamStores(options);
    stores.found = credentials;
    return stores.make(credentials, stores::close);
  }

  /** The store that one set of credentials opens. */
  public synchronized TimestreamStore of(Credentials credentials) {
    check();
    TimestreamStore store = stores.get(credentials);
    if (store == null) {
      store = make(StaticCredentialsProvider.create(sdk(credentials)), () -> {});
      stores.put(credentials, store);
      if (stores.size() > STORES_MAX) {
        Map.Entry<Credentials, TimestreamStore> eldest = stores.pollFirstEntry();
        eldest.getValue().close();
      }
    }
    return store;
  }

  /**
   * The store for the credentials that the SDK finds: environment, profile, role of the machine.
   * They are looked for at the first call, and renewed by the SDK before they expire.
   */
  public synchronized TimestreamStore ofEnvironment() {
    check();
    TimestreamStore store = environment;
    if (store == null) {
      AwsCredentialsProvider provider = FoundCredentials.everywhere();
      found = provider;
      store = make(provider, () -> {});
      environment = store;
    }
    return store;
  }

  /**
   * Opens a connection to where writing begins, for the first write to find: to the endpoint, or to
   * the host that knows the endpoints. Signs nothing, and tells nothing: what is wrong there shows
   * at the first write.
   *
   * @param time for all of it; positive
   * @return whether somebody answered
   */
  public boolean reach(Duration time) {
    return connections.reach(destination(), time);
  }

  private Destination destination() {
    return new Destination(
        options.region(), options.writeEndpoint(), options.queryEndpoint(), options.userAgent());
  }

  private TimestreamStore make(AwsCredentialsProvider credentials, Runnable closing) {
    Effort effort =
        new Effort(options.writeAttemptsMax(), options.readAttemptsMax(), options.writeCallsMax());
    return new TimestreamStore(
        connections.signedBy(credentials, destination(), effort), options, random, pages, closing);
  }

  private void check() {
    if (closed) {
      throw new IllegalStateException("the stores are closed");
    }
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
    if (closed) {
      return;
    }
    closed = true;
    stores.values().forEach(TimestreamStore::close);
    stores.clear();
    if (environment != null) {
      environment.close();
      environment = null;
    }
    if (found instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
    connections.close();
  }
}
