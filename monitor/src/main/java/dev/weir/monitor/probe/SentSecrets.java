// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check sends as secrets, taken out of texts that a site had a hand in: one that sends them
 * back, in a page, a redirect or a header, would put them into records and notices.
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

  /**
   * The run with references in place of values, in what is told of it: sentences go into records,
   * logs and notices. Captured texts of a conversation are left, they are asked for.
   */
  Run without(Run run) {
    if (references.isEmpty()) {
      return run;
    }
    return new Run(
        run.measurements().stream().map(this::without).toList(),
        run.attempts(),
        without(run.failure()),
        run.doubtful());
  }

  private Measurement without(Measurement measurement) {
    return new Measurement(
        measurement.latencyNanos(),
        measurement.hops().stream()
            .map(hop ->
                new Hop(
                    without(hop.target()), hop.phases(), hop.peer(), hop.status(), hop.version()))
            .toList(),
        measurement.reply(),
        without(measurement.failure()));
  }

  private @Nullable Failure without(@Nullable Failure failure) {
    return failure == null
        ? null
        : new Failure(failure.errorClass(), without(failure.sentence()), failure.expectation());
  }

  /** The text with references in place of values, however much of a value is there. */
  String without(String text) {
    StringBuilder masked = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int longest = 0;
      String shown = "";
      for (Map.Entry<String, String> reference : references.entrySet()) {
        int length = known(reference.getKey(), text, at);
        if (length > longest) {
          longest = length;
          shown = reference.getValue();
        }
      }
      if (longest == 0) {
        masked.append(text.charAt(at++));
      } else {
        masked.append(shown);
        at += longest;
      }
    }
    return masked.toString();
  }

  /** How many characters of the value stand there; 0 where they are too few to know it by. */
  private static int known(String value, String text, int at) {
    int length = 0;
    while (length < value.length()
        && at + length < text.length()
        && text.charAt(at + length) == value.charAt(length)) {
      length++;
    }
    return length < Math.min(BEGINNING, value.length()) ? 0 : length;
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
