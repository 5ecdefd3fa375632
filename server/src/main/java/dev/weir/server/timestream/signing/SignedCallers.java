// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.signing;

import dev.weir.exchange.Request;
import dev.weir.server.timestream.wire.Caller;
import dev.weir.server.timestream.wire.Fault;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.server.web.Reloading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies Signature Version 4 (AWS documentation, "Create a signed request") against a credentials
 * file, which is read again when it changes. Thread-safe.
 */
public final class SignedCallers implements Callers {

  /** How far the clocks of two machines may differ. */
  static final Duration SKEW_MAX = Duration.ofMinutes(5);

  private static final String SERVICE = "timestream";

  /** Keys of a day and region; each is four hashes to make. Cleared when it has grown to this. */
  private static final int KEYS_MAX = 256;

  private final Reloading<Map<String, Profile>> profiles;
  private final InstantSource clock;
  private final Map<KeyName, byte[]> keys = new ConcurrentHashMap<>();

  private record KeyName(String secret, String day, String region) {}

  /**
   * Callers of that file.
   *
   * @throws dev.weir.server.web.ServerConfigException when it can't be used
   */
  public SignedCallers(Path file, InstantSource clock) {
    this.profiles =
        new Reloading<>(
            "the credentials of the timestream door",
            files -> CredentialsFile.parse(file.toString(), files.read(file)),
            clock);
    this.clock = clock;
  }

  @Override
  public Caller of(Request request, byte[] body) {
    Signature signature =
        Signature.of(request)
            .orElseThrow(() ->
                new WireException(
                    Fault.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token"));
    Signature.CredentialScope scope = signature.scope();
    Profile profile = profiles.now().get(scope.accessKey());
    if (profile == null || !sameToken(profile.sessionToken(), signature.sessionToken())) {
      throw new WireException(
          Fault.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
    }
    checkScope(signature);
    checkTime(signature);
    checkHeaders(signature, request);
    String canonical = canonical(signature, request, body);
    String toSign =
        Signature.ALGORITHM
            + "\n"
            + signature.signedTime()
            + "\n"
            + scope.text()
            + "\n"
            + Sha256.hex(canonical.getBytes(StandardCharsets.UTF_8));
    String expected = HexFormat.of().formatHex(Sha256.mac(key(profile.secret(), scope), toSign));
    if (!equal(expected, signature.signature())) {
      throw refused(
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method.");
    }
    return new Caller(profile.accessKey(), scope.region(), profile.scope(), profile.access());
  }

  private static void checkScope(Signature signature) {
    if (!signature.scope().service().equals(SERVICE)) {
      throw refused("Credential should be scoped to correct service: '" + SERVICE + "'.");
    }
    if (!signature.signedTime().startsWith(signature.scope().day())) {
      throw refused("The date in the credential scope is not the date of the request.");
    }
  }

  private void checkTime(Signature signature) {
    Instant now = clock.instant();
    Instant signed = signature.signedAt();
    if (signed.isAfter(now.plus(SKEW_MAX))) {
      throw refused("Signature not yet current: " + signed + " is still later than " + now + ".");
    }
    Duration lifetime = signature.lifetime();
    Instant until = signed.plus(lifetime == null ? SKEW_MAX : lifetime);
    if (until.isBefore(now)) {
      throw refused("Signature expired: " + until + " is now earlier than " + now + ".");
    }
  }

  /** What decides about a request must be covered by its signature. */
  private static void checkHeaders(Signature signature, Request request) {
    List<String> signed = signature.signedHeaders();
    request
        .headers()
        .forEach((name, _) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          boolean decides =
              lower.equals("host")
                  || lower.equals("x-amz-target")
                  || lower.equals("x-amz-date")
                  || lower.equals("x-amz-security-token");
          if (decides && !signed.contains(lower)) {
            throw refused("The header " + lower + " must be signed.");
          }
        });
    if (!signed.contains("host")) {
      throw refused("The header host must be signed.");
    }
  }

  private static String canonical(Signature signature, Request request, byte[] body) {
    StringBuilder text = new StringBuilder(512);
    text.append(request.method()).append('\n').append(request.path()).append('\n');
    text.append(QueryText.canonical(request.query())).append('\n');
    for (String name : signature.signedHeaders()) {
      text.append(name).append(':');
      List<String> values = request.headers().all(name);
      for (int i = 0; i < values.size(); i++) {
        text.append(i == 0 ? "" : ",");
        appendFolded(text, values.get(i).strip());
      }
      text.append('\n');
    }
    text.append('\n').append(String.join(";", signature.signedHeaders())).append('\n');
    return text.append(Sha256.hex(body)).toString();
  }

  /** Blanks in a row count as one. */
  private static void appendFolded(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) != ' ' || value.charAt(i - 1) != ' ') {
        text.append(value.charAt(i));
      }
    }
  }

  private byte[] key(String secret, Signature.CredentialScope scope) {
    if (keys.size() >= KEYS_MAX) {
      keys.clear();
    }
    return keys.computeIfAbsent(
        new KeyName(secret, scope.day(), scope.region()),
        name -> {
          byte[] start = ("AWS4" + name.secret()).getBytes(StandardCharsets.UTF_8);
          byte[] region = Sha256.mac(Sha256.mac(start, name.day()), name.region());
          return Sha256.mac(Sha256.mac(region, SERVICE), "aws4_request");
        });
  }

  private static boolean sameToken(@Nullable String wanted, @Nullable String given) {
    if (wanted == null || given == null) {
      return wanted == null && given == null;
    }
    return equal(wanted, given);
  }

  /** In a time that does not tell where they differ. */
  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static WireException refused(String message) {
    return new WireException(Fault.INVALID_SIGNATURE, message);
  }
}
