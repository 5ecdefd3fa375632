// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.weir.api.call.Problem;
import dev.weir.exchange.Response;
import dev.weir.server.web.Passwords;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Judges names and passwords. Wrong ones in a row make the name and the address wait, whether there
 * is such a user or not; nothing tells the one from the other. Thread-safe.
 */
final class PasswordCheck {

  /** Bytes of an IPv6 address that one sender can't choose. */
  private static final int NETWORK_BYTES = 8;

  private final UsersFile users;
  private final InstantSource clock;
  private final Passwords passwords = new Passwords(new SecureRandom());
  private final LockOut names = new LockOut();
  private final LockOut addresses = new LockOut();

  PasswordCheck(UsersFile users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  /** What became of a name and a password. */
  sealed interface Outcome {

    /** They are right. */
    record Right(User user) implements Outcome {}

    /** They are not, or can't be judged now. */
    record Refused(Response answer) implements Outcome {}
  }

  /**
   * Judges a pair.
   *
   * @param sender the address that it came from
   */
  Outcome judge(String name, String password, String sender) {
    Instant now = clock.instant();
    String address = network(sender);
    String key = name.length() > UsersFile.NAME_MAX ? "" : name;
    Duration pause = longer(names.pause(key, now), addresses.pause(address, now));
    if (pause.isPositive()) {
      long seconds = pause.plusNanos(999_999_999).toSeconds();
      return new Outcome.Refused(
          Problem.tooManyAttempts(
              "too many wrong passwords; try again in %d s".formatted(seconds), seconds));
    }
    Map<String, User> known = users.now();
    Map<String, String> hashes =
        known.values().stream().collect(Collectors.toMap(User::name, User::hash));
    return switch (passwords.verify(hashes, key, password.getBytes(UTF_8))) {
      case RIGHT -> {
        names.right(key);
        addresses.right(address);
        yield new Outcome.Right(requireNonNull(known.get(key)));
      }
      case WRONG -> {
        names.wrong(key, now);
        addresses.wrong(address, now);
        yield new Outcome.Refused(Problem.notSignedIn("name or password is wrong"));
      }
      case BUSY ->
          new Outcome.Refused(
              Problem.ofStatus(503, "too many passwords are being checked; try again"));
    };
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** An address, or of IPv6 the network, within which anybody has addresses without end. */
  static String network(String sender) {
    String literal = sender.replace("[", "").replace("]", "");
    try {
      if (InetAddress.ofLiteral(literal) instanceof Inet6Address six) {
        return HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES));
      }
    } catch (IllegalArgumentException _) {
      // As it is.
    }
    return sender;
  }
}
