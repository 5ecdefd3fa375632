// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.api.call.Role;
import dev.weir.server.web.Passwords;
import dev.weir.server.web.ServerConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {

  private static final String HASH = "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

  @TempDir Path folder;
  private Instant now = Instant.EPOCH;

  @Test
  void readsUsersWithTheirRoles() {
    Map<String, User> users =
        UsersFile.read(
            Path.of("users.yaml"),
            """
            users:
              ann:
                password: "%s"
                roles: {acme: editor, "*": viewer}
              Bob Ü.:
                password: %s
                roles:
                  beta: admin
            """
                .formatted(HASH, HASH));
    assertThat(users.get("ann"))
        .isEqualTo(new User("ann", HASH, Map.of("acme", Role.EDITOR, "*", Role.VIEWER)));
    assertThat(users.get("Bob Ü.").roles()).isEqualTo(Map.of("beta", Role.ADMIN));
    assertThat(users.toString()).doesNotContain(HASH);
  }

  @Test
  void readsTheExampleOfTheDocs() throws Exception {
    Path example = Path.of("../docs/examples/users.yaml");
    Map<String, User> users = UsersFile.read(example, Files.readString(example));
    assertThat(users.get("ann").roles()).isEqualTo(Map.of("acme", Role.EDITOR, "*", Role.VIEWER));
    assertThat(users.get("olaf").roles()).isEqualTo(Map.of("*", Role.ADMIN));
    assertThat(verified(users.get("ann"), "open sesame")).isTrue();
    assertThat(verified(users.get("olaf"), "tell nobody")).isTrue();
    assertThat(verified(users.get("olaf"), "open sesame")).isFalse();
  }

  private static boolean verified(User user, String password) {
    return new Passwords(new SecureRandom())
            .verify(Map.of(user.name(), user.hash()), user.name(), password.getBytes(UTF_8))
        == Passwords.Verdict.RIGHT;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                | users file u.yaml: users has nobody; name one, with a password as htpasswd -nB makes it, and roles
          users: {}                                         | users file u.yaml line 1: users has nobody; name one, with a password as htpasswd -nB makes it, and roles
          user: {}                                          | users file u.yaml line 1: unknown key user; known are users
          users: [ann]                                      | users file u.yaml line 1: users must be a mapping
          users: {ann: {roles: {a: viewer}}}                | users file u.yaml line 1: ann has no password; htpasswd -nBC 10 ann makes one
          users: {ann: {password: secret, roles: {}}}       | users file u.yaml line 1: password is no bcrypt hash; htpasswd -nBC 10 ann makes one
          users: {ann: {password: HASH}}                    | users file u.yaml line 1: ann has no roles; for instance roles: {"*": viewer}
          users: {ann: {password: HASH, roles: {a: owner}}} | users file u.yaml line 1: a has the role owner; known are viewer, editor, admin
          users: {ann: {password: HASH, role: viewer}}      | users file u.yaml line 1: unknown key role in ann; known are password, roles
          users: {'a:b': {password: HASH}}                  | users file u.yaml line 1: a:b is no user name: it has 1 to 128 characters, none of them a colon
          users: {ann: 1, ann: 2}                           | users file u.yaml line 1: key ann is there twice
          """)
  void refusesWhatItDoesNotUnderstandWithItsLine(String text, String message) {
    assertThatThrownBy(
            () -> UsersFile.read(Path.of("u.yaml"), text.replace("HASH", "'" + HASH + "'")))
        .isInstanceOf(ServerConfigException.class)
        .hasMessage(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesACustomerThatNoneCanBe() {
    assertThatThrownBy(() ->
            UsersFile.read(
                Path.of("u.yaml"),
                "users:\n  ann:\n    password: " + HASH + "\n    roles:\n      a/b: viewer\n"))
        .hasMessageStartingWith("users file u.yaml line 5: a/b can't be a customer: ");
  }

  @Test
  void followsTheFileAndKeepsWhatItHadWhereThatIsBroken() throws Exception {
    Path file = folder.resolve("users.yaml");
    Files.writeString(file, users("ann"));
    UsersFile users = UsersFile.open(file, () -> now);
    Files.writeString(file, users("ann", "bob"));
    assertThat(users.now()).containsOnlyKeys("ann");
    now = now.plusSeconds(1);
    assertThat(users.now()).containsOnlyKeys("ann", "bob");

    for (String broken : new String[] {"users: {}\n", "users:\n  eve: {}\n"}) {
      Files.writeString(file, broken);
      now = now.plusSeconds(2);
      assertThat(users.now()).containsOnlyKeys("ann", "bob");
    }
    Files.writeString(file, users("bob"));
    now = now.plusSeconds(2);
    assertThat(users.now()).containsOnlyKeys("bob");
  }

  @Test
  void saysWhereThereIsNoFile() {
    assertThatThrownBy(() -> UsersFile.open(folder.resolve("none"), () -> now))
        .isInstanceOf(ServerConfigException.class)
        .hasMessage(folder.resolve("none") + " does not exist");
  }

  private static String users(String... names) {
    StringBuilder text = new StringBuilder("users:\n");
    for (String name : names) {
      text.append("  %s: {password: '%s', roles: {a: viewer}}\n".formatted(name, HASH));
    }
    return text.toString();
  }
}
