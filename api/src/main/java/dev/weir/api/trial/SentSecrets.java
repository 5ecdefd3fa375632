// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check sends as secrets, taken out of texts that a site had a hand in: one that sends them
 * back, in a redirect or a status line, is not believed to mean well.
 */
final class SentSecrets {

  /** Shorter values are no secrets, and stand in every text. */
  private static final int LENGTH_MIN = 4;

  /** So many characters of a value are enough to know it by: our sentences cut what is long. */
  private static final int BEGINNING = 8;

  /** References, by the values that they stand for. */
  private final Map<String, String> references = new LinkedHashMap<>();

  private final Secrets secrets;

  private SentSecrets(Secrets secrets) {
    this.secrets = secrets;
  }

  static SentSecrets of(Check check, Secrets secrets) {
    SentSecrets sent = new SentSecrets(secrets);
    switch (check) {
      case Check.Http http -> {
        http.headers().values().forEach(sent::add);
        http.body().ifPresent(sent::add);
        http.credentials().ifPresent(sent::add);
      }
      case Check.Tcp tcp -> {
        for (Check.Tcp.Step step : tcp.steps()) {
          if (step instanceof Check.Tcp.Step.Send(Secret text)) {
            sent.add(text);
          }
        }
      }
      case Check.Tls _, Check.Dns _ -> {} // nothing of theirs is sent
    }
    return sent;
  }

  /** The text with references in place of values, however much of a value is there. */
  String without(String text) {
    String masked = text;
    List<String> values = new ArrayList<>(references.keySet());
    values.sort(Comparator.comparingInt(String::length).reversed());
    for (String value : values) {
      masked = without(masked, value, references.getOrDefault(value, ""));
    }
    return masked;
  }

  private static String without(String text, String value, String reference) {
    String beginning = value.substring(0, Math.min(BEGINNING, value.length()));
    StringBuilder masked = new StringBuilder();
    int at = 0;
    for (int found = text.indexOf(beginning); found >= 0; found = text.indexOf(beginning, at)) {
      masked.append(text, at, found).append(reference);
      at = found;
      for (int i = 0; i < value.length() && at < text.length(); i++) {
        if (text.charAt(at) != value.charAt(i)) {
          break;
        }
        at++;
      }
    }
    return masked.append(text, at, text.length()).toString();
  }

  private void add(Credentials credentials) {
    switch (credentials) {
      case Credentials.Basic(Secret user, Secret password) -> {
        add(user);
        add(password);
        addBasic(user, password);
      }
      case Credentials.Bearer(Secret token) -> add(token);
    }
  }

  private void addBasic(Secret user, Secret password) {
    try {
      String both = secrets.reveal(user) + ":" + secrets.reveal(password);
      note(Base64.getEncoder().encodeToString(both.getBytes(UTF_8)), password.toString());
    } catch (IllegalArgumentException _) {
      // The run tells of it, and has sent nothing.
    }
  }

  private void add(Secret secret) {
    for (Secret.Part part : secret.parts()) {
      if (part instanceof Secret.Part.Literal) {
        continue;
      }
      try {
        String value = secrets.reveal(new Secret(part.toString()));
        note(value, part.toString());
        note(URLEncoder.encode(value, UTF_8), part.toString());
        note(URLEncoder.encode(value, UTF_8).replace("+", "%20"), part.toString());
      } catch (IllegalArgumentException _) {
        // The run tells of it, and has sent nothing.
      }
    }
  }

  private void note(String value, String reference) {
    if (value.length() >= LENGTH_MIN) {
      references.putIfAbsent(value, reference);
    }
  }

  /** No value is shown. */
  @Override
  public String toString() {
    return "SentSecrets" + references.values();
  }
}
