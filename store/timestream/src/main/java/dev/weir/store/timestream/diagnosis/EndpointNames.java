// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import dev.weir.store.timestream.cause.Cause;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;

/**
 * Judges region and endpoints by their names alone. Amazon's hosts say what they are: {@code
 * ingest-cell1.timestream.us-east-1.amazonaws.com}, {@code timestream-query.us-east-1.api.aws}, and
 * the names that an interface endpoint has of its own. Other hosts are taken as they are.
 */
final class EndpointNames {

  private static final List<String> AMAZON =
      List.of(".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".api.amazonwebservices.com.cn");

  private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]+");
  private static final Pattern INGEST = Pattern.compile("(timestream-)?ingest(-.*)?");
  private static final Pattern QUERY = Pattern.compile("(timestream-)?query(-.*)?");

  private EndpointNames() {}

  /** What is wrong with the settings, the worst first; empty where they make sense. */
  static Optional<Cause> wrong(Subject subject) {
    return subject
        .writeEndpoint()
        .flatMap(uri -> endpoint(uri, "--write-base-endpoint", INGEST, QUERY, subject))
        .or(() ->
            subject
                .queryEndpoint()
                .flatMap(uri -> endpoint(uri, "--query-base-endpoint", QUERY, INGEST, subject)))
        .or(() -> region(subject));
  }

  /** What is odd, but may work. */
  static Optional<Cause> odd(Subject subject) {
    return subject
        .writeEndpoint()
        .flatMap(uri -> regional(uri, "--write-base-endpoint"))
        .or(() -> subject.queryEndpoint().flatMap(uri -> regional(uri, "--query-base-endpoint")))
        .or(() -> onlyOne(subject))
        .or(() -> unknown(subject));
  }

  private static Optional<Cause> endpoint(
      URI uri, String flag, Pattern right, Pattern other, Subject subject) {
    String host = host(uri);
    if (!isAmazon(host)) {
      return Optional.empty();
    }
    List<String> labels = Arrays.asList(host.split("\\."));
    if (uri.getScheme().equals("http")) {
      return Optional.of(
          new Cause(
              "%s %s is without TLS, which Amazon's hosts do not answer".formatted(flag, uri),
              "begin it with https://"));
    }
    boolean isRight = labels.stream().anyMatch(label -> right.matcher(label).matches());
    boolean isOther = labels.stream().anyMatch(label -> other.matcher(label).matches());
    if (isOther && !isRight) {
      return Optional.of(
          new Cause(
              "%s %s is the endpoint of the other API".formatted(flag, uri),
              "--write-base-endpoint takes the ingest cell, --query-base-endpoint the query cell"));
    }
    Optional<String> named =
        labels.stream().filter(label -> REGION.matcher(label).matches()).findFirst();
    if (named.isPresent() && !named.get().equals(subject.region())) {
      return Optional.of(
          new Cause(
              "%s %s is in %s, --region is %s".formatted(flag, uri, named.get(), subject.region()),
              "give --region=%s, or the endpoint of %s".formatted(named.get(), subject.region())));
    }
    return Optional.empty();
  }

  /** With endpoints of one's own the region is only a word in the signature. */
  private static Optional<Cause> region(Subject subject) {
    boolean discovers = subject.writeEndpoint().isEmpty() || subject.queryEndpoint().isEmpty();
    return discovers && isUnknown(subject.region())
        ? Optional.of(unknownRegion(subject.region()))
        : Optional.empty();
  }

  private static Optional<Cause> unknown(Subject subject) {
    if (isUnknown(subject.region())) {
      return Optional.of(unknownRegion(subject.region()));
    }
    boolean served =
        TimestreamWriteClient.serviceMetadata().regions().contains(Region.of(subject.region()));
    return served
        ? Optional.empty()
        : Optional.of(
            new Cause(
                "Timestream is not known to be in %s".formatted(subject.region()),
                "give the region of the table as --region"));
  }

  private static Optional<Cause> regional(URI uri, String flag) {
    String host = host(uri);
    boolean noCell = host.startsWith("ingest.timestream.") || host.startsWith("query.timestream.");
    return isAmazon(host) && noCell
        ? Optional.of(
            new Cause(
                "%s %s is the regional host, which only tells cells".formatted(flag, uri),
                "leave the flag out, or name the account's cell as aws timestream-write"
                    + " describe-endpoints and aws timestream-query describe-endpoints tell it"))
        : Optional.empty();
  }

  private static Optional<Cause> onlyOne(Subject subject) {
    return subject.writeEndpoint().isPresent() == subject.queryEndpoint().isPresent()
        ? Optional.empty()
        : Optional.of(
            new Cause(
                "only one of --write-base-endpoint and --query-base-endpoint is given; the other"
                    + " is discovered at Amazon's regional host",
                "give both in a VPC without internet"));
  }

  private static Cause unknownRegion(String region) {
    return new Cause(
        "there is no region \"%s\" that this AWS SDK knows".formatted(region),
        "check --region; us-east-1 is written so");
  }

  private static boolean isUnknown(String region) {
    return !Region.regions().contains(Region.of(region));
  }

  static boolean isAmazon(String host) {
    return AMAZON.stream().anyMatch(host::endsWith);
  }

  static String host(URI uri) {
    return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
  }
}
