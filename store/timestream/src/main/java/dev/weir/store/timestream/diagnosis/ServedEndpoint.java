// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import dev.weir.store.timestream.cause.Cause;
import dev.weir.store.timestream.cause.NetworkCauses;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * One of the two APIs: the way to its endpoint, which is given, or told by the regional host and
 * then gone to as well. Used by one thread.
 */
final class ServedEndpoint {

  private final String prefix;
  private final Surroundings surroundings;
  private final Steps steps;
  private final Caller caller;
  private final Optional<AwsCredentials> credentials;
  private final List<Finding> findings = new ArrayList<>();
  private volatile @Nullable URI cell;
  private @Nullable URI reached;
  private @Nullable URI serving;

  /**
   * An API that nobody has asked yet.
   *
   * @param prefix what the names of its checks begin with: {@code write} or {@code query}
   */
  ServedEndpoint(
      String prefix,
      Surroundings surroundings,
      Steps steps,
      Caller caller,
      Optional<AwsCredentials> credentials) {
    this.prefix = prefix;
    this.surroundings = surroundings;
    this.steps = steps;
    this.caller = caller;
    this.credentials = credentials;
  }

  /** Goes to the endpoint that is given. */
  ServedEndpoint at(URI endpoint) {
    if (new EndpointPath(prefix, endpoint, surroundings, steps).go(findings::add)) {
      reached = endpoint;
      serving = endpoint;
    }
    return this;
  }

  /** Asks the regional host for the endpoint, and goes there. */
  ServedEndpoint discoveredAt(URI regional) {
    String name = prefix + " discovery";
    if (!new EndpointPath(prefix, regional, surroundings, steps).go(findings::add)) {
      findings.add(
          Finding.skipped(
              name,
              "needs the regional host; without internet give --%s-base-endpoint"
                  .formatted(prefix)));
      return this;
    }
    reached = regional;
    if (credentials.isEmpty()) {
      findings.add(Finding.skipped(name, "needs credentials"));
      return this;
    }
    Finding discovery = steps.check(name, () -> discover(name, regional, credentials.get()));
    findings.add(discovery);
    URI found = cell;
    if (discovery.isUsable()
        && found != null
        && new EndpointPath(prefix + " cell", found, surroundings, steps).go(findings::add)) {
      serving = found;
    }
    return this;
  }

  private Finding discover(String name, URI regional, AwsCredentials identity) {
    try {
      Reply reply = caller.call(regional, "DescribeEndpoints", "{}", identity);
      if (!reply.isDone()) {
        Cause cause = reply.cause();
        return reply.is("AccessDeniedException")
            ? Finding.of(
                name,
                State.FAIL,
                new Cause(
                    cause.what(), "allow timestream:DescribeEndpoints on * in the IAM policy"))
            : Finding.of(name, State.FAIL, cause);
      }
      String address = reply.body().text("Endpoints", "0", "Address");
      URI uri = new URI(address.contains("://") ? address : "https://" + address);
      if (uri.getHost() == null) {
        return Finding.of(
            name, State.FAIL, "%s names no endpoint: \"%s\"".formatted(regional, address));
      }
      cell = uri;
      return Finding.of(name, State.OK, "the account's cell is " + uri.getAuthority());
    } catch (IOException e) {
      return Finding.of(name, State.FAIL, NetworkCauses.of(e, regional));
    } catch (URISyntaxException e) {
      return Finding.of(name, State.FAIL, "%s names no address".formatted(regional));
    }
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** A host that answers calls, be it the regional one. */
  Optional<URI> reached() {
    return Optional.ofNullable(reached);
  }

  /** The endpoint that serves the API. */
  Optional<URI> serving() {
    return Optional.ofNullable(serving);
  }
}
