// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts each notice as JSON. With a secret, {@code Weir-Signature: t=SECONDS,v1=HEX} holds the time
 * of sending and the HMAC-SHA256, under the secret, of {@code SECONDS.BODY}; {@code Weir-Notice-Id}
 * is the same in every attempt.
 */
final class WebhookChannel implements Channel {

  private final String name;
  private final String url;
  private final Optional<Secret> secret;
  private final Secrets secrets;
  private final NoticeSender sender;
  private final InstantSource clock;

  WebhookChannel(
      String name,
      String url,
      Optional<Secret> secret,
      Secrets secrets,
      NoticeSender sender,
      InstantSource clock) {
    this.name = name;
    this.url = url;
    this.secret = secret;
    this.secrets = secrets;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Delivery deliver(Notice notice) {
    String body = notice.json();
    Map<String, String> headers = new TreeMap<>();
    headers.put("Weir-Notice-Id", notice.id());
    try {
      secret.ifPresent(key -> headers.put("Weir-Signature", signature(secrets.reveal(key), body)));
    } catch (IllegalArgumentException e) {
      return new Delivery.Later(String.valueOf(e.getMessage())); // An operator can mend it.
    }
    return sender.post(url, headers, body);
  }

  private String signature(String key, String body) {
    long seconds = clock.instant().getEpochSecond();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      byte[] hash = mac.doFinal((seconds + "." + body).getBytes(UTF_8));
      return "t=%d,v1=%s".formatted(seconds, HexFormat.of().formatHex(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every platform has it (Mac, Java's documentation).
    }
  }
}
