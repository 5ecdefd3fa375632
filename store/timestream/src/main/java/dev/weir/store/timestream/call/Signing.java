// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Signs requests with one set of credentials, which are asked for anew each time: those of a role
 * change every few hours. Thread-safe.
 *
 * <p>A machine whose clock is off has its signatures refused. The answer's Date then tells by how
 * much, and signatures are dated by Amazon's clock from there on, as the SDK's own clients do.
 */
final class Signing {

  /** Both APIs sign by this name (service model, 2018-11-01). */
  private static final String SERVICE = "timestream";

  /** Amazon takes signatures that are up to 5 minutes off; the SDK corrects from 4 on. */
  static final Duration SKEW_MIN = Duration.ofMinutes(4);

  private static final Set<String> MAY_BE_SKEW =
      Set.of(
          "AuthFailure",
          "InvalidSignatureException",
          "RequestExpired",
          "RequestInTheFuture",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch");

  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private final AwsCredentialsProvider credentials;
  private final Regions regions;
  private final InstantSource clock;
  private final UpstreamListener listener;
  private volatile Duration skew = Duration.ZERO;

  Signing(
      AwsCredentialsProvider credentials,
      Regions regions,
      InstantSource clock,
      UpstreamListener listener) {
    this.credentials = credentials;
    this.regions = regions;
    this.clock = clock;
    this.listener = listener;
  }

  /** What is added to this machine's clock by now. */
  Duration skew() {
    return skew;
  }

  /**
   * Signs a request.
   *
   * @param added to this machine's clock
   */
  SignedRequest sign(URI endpoint, String target, String userAgent, byte[] body, Duration added) {
    AwsCredentials identity = identity();
    String region = regions.region().id();
    SdkHttpRequest request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .protocol(endpoint.getScheme())
            .host(endpoint.getHost())
            .port(endpoint.getPort() == -1 ? null : endpoint.getPort())
            .encodedPath(path(endpoint))
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("Content-Length", Integer.toString(body.length))
            .putHeader("User-Agent", userAgent)
            .putHeader("X-Amz-Target", target)
            .build();
    Clock dated = Clock.fixed(clock.instant().plus(added), ZoneOffset.UTC);
    return SIGNER.sign(sign ->
        sign.identity(identity)
            .request(request)
            .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
            .putProperty(AwsV4HttpSigner.REGION_NAME, region)
            .putProperty(HttpSigner.SIGNING_CLOCK, dated));
  }

  /**
   * Takes over Amazon's clock where ours may be why a signature was refused. Calls that were at
   * work together are refused together: the first takes it over, and all of them are repeated.
   *
   * @param date the answer's header; empty where it has none
   * @param added to this machine's clock in that signature
   * @return whether a repeat would be dated otherwise
   */
  boolean mend(String errorType, String date, Duration added) {
    if (!MAY_BE_SKEW.contains(errorType) || date.isEmpty()) {
      return false;
    }
    Instant theirs;
    try {
      theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return false;
    }
    Duration off = Duration.between(clock.instant(), theirs);
    if (!differ(off, added)) {
      return false;
    }
    takeOver(off);
    return true;
  }

  private synchronized void takeOver(Duration off) {
    if (differ(off, skew)) {
      skew = off;
      listener.clockOff(off);
    }
  }

  private static boolean differ(Duration one, Duration other) {
    return one.minus(other).abs().compareTo(SKEW_MIN) >= 0;
  }

  private static String path(URI endpoint) {
    String path = endpoint.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  private AwsCredentials identity() {
    try {
      return credentials.resolveCredentials();
    } catch (SdkException | IllegalStateException e) {
      // The SDK's own text lists a dozen providers and their addresses in memory; it is the cause.
      throw new StoreException(
          Kind.DENIED,
          "the AWS SDK finds no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a"
              + " profile, or give this machine a role",
          e);
    }
  }
}
