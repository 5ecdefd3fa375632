// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.monitor.check.SiteKey;
import dev.weir.server.web.Passwords;
import dev.weir.server.web.Reloading;
import dev.weir.server.web.ServerConfigException;
import dev.weir.server.web.YamlMap;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The file of those who sign in. It is followed: looked at on use, at most once a second; what
 * can't be read leaves the users that were there. Thread-safe.
 *
 * <pre>
 * users:
 *   ann:
 *     password: "$2y$10$…"
 *     roles: {acme: editor, "*": viewer}
 * </pre>
 */
public final class UsersFile {

  /** Users of one file; each is compared with at a sign-in by a name that nobody has. */
  static final int USERS_MAX = 10_000;

  /** Characters of a name. */
  static final int NAME_MAX = 128;

  private final Reloading<Map<String, User>> users;

  private UsersFile(Reloading<Map<String, User>> users) {
    this.users = users;
  }

  /**
   * Reads the file.
   *
   * @throws ServerConfigException with one line that names file and line, where it can't be used
   */
  public static UsersFile open(Path file, InstantSource clock) {
    return new UsersFile(
        new Reloading<>("the users file", files -> read(file, files.read(file)), clock));
  }

  /** Who may sign in now, by name; at least one. */
  Map<String, User> now() {
    return users.now();
  }

  /** Reads a text. */
  static Map<String, User> read(Path file, String text) {
    YamlMap top = YamlMap.parse("users file " + file, text).only(Set.of("users"));
    YamlMap all = top.map("users");
    if (all.keys().isEmpty()) {
      throw top.complaint(
          "users", "has nobody; name one, with a password as htpasswd -nB makes it, and roles");
    }
    if (all.keys().size() > USERS_MAX) {
      throw top.complaint("users", "has more than " + USERS_MAX + " users");
    }
    Map<String, User> users = new TreeMap<>();
    for (String name : all.keys()) {
      users.put(name, user(all, name));
    }
    return Map.copyOf(users);
  }

  private static User user(YamlMap all, String name) {
    boolean odd =
        name.isEmpty()
            || name.length() > NAME_MAX
            || name.chars().anyMatch(c -> c == ':' || Character.isISOControl(c));
    if (odd) {
      throw all.complaint(
          name, "is no user name: it has 1 to " + NAME_MAX + " characters, none of them a colon");
    }
    YamlMap user = all.map(name).only(Set.of("password", "roles"));
    String hash = user.text("password").orElse("");
    if (!Passwords.isHash(hash)) {
      throw user.has("password")
          ? user.complaint("password", "is no bcrypt hash; htpasswd -nBC 10 " + name + " makes one")
          : all.complaint(name, "has no password; htpasswd -nBC 10 " + name + " makes one");
    }
    YamlMap roles = user.map("roles");
    if (roles.keys().isEmpty()) {
      throw all.complaint(name, "has no roles; for instance roles: {\"*\": viewer}");
    }
    Map<String, Role> byCustomer = new TreeMap<>();
    roles
        .texts()
        .forEach((customer, word) -> {
          checkCustomer(roles, customer);
          byCustomer.put(customer, role(roles, customer, word));
        });
    return new User(name, hash, byCustomer);
  }

  private static void checkCustomer(YamlMap roles, String customer) {
    if (customer.equals(Caller.EVERY_CUSTOMER)) {
      return;
    }
    try {
      SiteKey.checkCustomer(customer);
    } catch (IllegalArgumentException e) {
      throw roles.complaint(customer, "can't be a customer: " + e.getMessage());
    }
  }

  private static Role role(YamlMap roles, String customer, String word) {
    Optional<Role> role =
        Arrays.stream(Role.values()).filter(each -> each.spelling().equals(word)).findFirst();
    return role.orElseThrow(() ->
        roles.complaint(customer, "has the role " + word + "; known are viewer, editor, admin"));
  }
}
