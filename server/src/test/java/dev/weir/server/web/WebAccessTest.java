// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.weir.exchange.Headers;
import dev.weir.server.logs.RecordedLogs;
import dev.weir.store.kit.identity.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAccessTest {

  /** The cheapest that bcrypt has. */
  private static final int COST = 4;

  @TempDir Path folder;
  private Instant now = Instant.EPOCH;

  @Test
  void verifiesUsersAndRemembersThem() throws Exception {
    WebAccess access = access(users("alice", "open sesame"));

    assertThat(access.hasCredentials()).isTrue();
    assertThat(right(access, basic("alice:open sesame"))).isTrue();
    for (int i = 0; i < 50; i++) {
      assertThat(right(access, basic("alice:open sesame"))).isTrue();
      assertThat(right(access, basic("alice:wrong"))).isFalse();
      assertThat(right(access, basic("bob:open sesame"))).isFalse();
    }
    assertThat(access.passwordsComputed()).isEqualTo(3);
  }

  @Test
  void computesForUnknownUsersAsForKnownOnes() throws Exception {
    WebAccess access = access(users("alice", "open sesame"));
    right(access, basic("alice:wrong"));
    right(access, basic("nobody:wrong"));
    assertThat(access.passwordsComputed()).isEqualTo(2);
  }

  @Test
  void forgetsTheEldestGuessesButNoRightPair() throws Exception {
    WebAccess access = access(users("alice", "open sesame"));
    assertThat(right(access, basic("alice:open sesame"))).isTrue();
    for (int i = 0; i < 150; i++) {
      right(access, basic("alice:" + i));
    }
    assertThat(right(access, basic("alice:open sesame"))).isTrue();
    assertThat(access.passwordsComputed()).isEqualTo(151);
    right(access, basic("alice:0"));
    assertThat(access.passwordsComputed()).isEqualTo(152);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic", "Basic !", "Bearer YTpi", "Basic YWxpY2U=", "YTpi"})
  void refusesMalformedCredentials(String value) throws Exception {
    WebAccess access = access(users("alice", "x"));
    assertThat(right(access, Headers.of("Authorization", value))).isFalse();
  }

  @Test
  void refusesMissingAndDoubledCredentials() throws Exception {
    WebAccess access = access(users("alice", "x"));
    String good = "Basic " + Base64.getEncoder().encodeToString("alice:x".getBytes(UTF_8));
    assertThat(right(access, Headers.empty())).isFalse();
    assertThat(right(access, Headers.of("Authorization", good))).isTrue();
    assertThat(right(access, Headers.of("authorization", good.replace("Basic", "bASIC")))).isTrue();
    assertThat(right(access, Headers.of("Authorization", good, "Authorization", good))).isFalse();
  }

  @Test
  void takesPasswordsWithColonsAndOfAnyLength() throws Exception {
    WebAccess access = access(users("alice", "a:b:ü"));
    assertThat(right(access, basic("alice:a:b:ü"))).isTrue();
    assertThat(right(access, basic("alice:" + "x".repeat(5_000)))).isFalse();
  }

  @Test
  void readsTheFileAgainWhenItChangesAndTimeHasPassed() throws Exception {
    WebAccess access = access(users("alice", "one"));
    write(users("alice", "two two"));
    assertThat(right(access, basic("alice:one"))).isTrue();

    now = now.plusSeconds(1);
    assertThat(right(access, basic("alice:one"))).isFalse();
    assertThat(right(access, basic("alice:two two"))).isTrue();
  }

  @Test
  void keepsTheOldWhenTheNewIsBrokenGoneOrOpensTheDoor() throws Exception {
    WebAccess access = access(users("alice", "one"));
    String[] broken = {
      "nonsense: 1\n", "basic_auth_users: {alice: plain}\n", "# nobody any more\n"
    };
    for (String text : broken) {
      write(text);
      now = now.plusSeconds(2);
      assertThat(right(access, basic("alice:one"))).isTrue();
      assertThat(right(access, Headers.empty())).isFalse();
      now = now.plusSeconds(2);
      assertThat(right(access, basic("alice:one"))).isTrue();
    }
    assertThat(
            RecordedLogs.matching(
                line -> line.pairs().stream().anyMatch(p -> p.contains(folder.toString()))))
        .hasSize(2);
    Files.delete(folder.resolve("web.yml"));
    now = now.plusSeconds(2);
    assertThat(right(access, basic("alice:one"))).isTrue();

    write(users("alice", "three"));
    now = now.plusSeconds(2);
    assertThat(right(access, basic("alice:three"))).isTrue();
  }

  @Test
  void saysInOneLineWhatIsWrongWithFiles() throws Exception {
    TestIdentity one = TestIdentity.authority("one");
    TestIdentity other = TestIdentity.authority("other");
    Path certificate = one.writeCertificate(folder.resolve("one.crt"));
    Path key = one.writeKey(folder.resolve("one.key"));
    Path otherKey = other.writeKey(folder.resolve("other.key"));

    assertThatThrownBy(() -> tls(certificate, otherKey))
        .isInstanceOf(ServerConfigException.class)
        .hasMessage(
            "the key in " + otherKey + " does not belong to the certificate in " + certificate);
    assertThatThrownBy(() -> tls(folder.resolve("none.crt"), key))
        .hasMessage(folder.resolve("none.crt") + " does not exist");
    assertThatThrownBy(() -> tls(folder, key)).isInstanceOf(ServerConfigException.class);
    assertThatThrownBy(() -> tls(key, key)).hasMessage(key + ": no PEM certificate in it");
    assertThatThrownBy(() -> access("tls_server_config: {cert_file: one.crt, key_file: gone}\n"))
        .hasMessage(folder.resolve("gone") + " does not exist");
    assertThatThrownBy(() ->
            access(
                "tls_server_config:\n  cert_file: one.crt\n  key_file: one.key\n"
                    + "  cipher_suites: [NO_SUCH]\n"))
        .isInstanceOf(ServerConfigException.class)
        .hasMessageContaining("NO_SUCH");
  }

  @Test
  void refusesTlsFromTwoPlaces() throws Exception {
    TestIdentity one = TestIdentity.authority("one");
    Path certificate = one.writeCertificate(folder.resolve("one.crt"));
    Path key = one.writeKey(folder.resolve("one.key"));
    write("tls_server_config: {cert_file: one.crt, key_file: one.key}\n");
    assertThatThrownBy(() ->
            WebAccess.load(
                Optional.of(folder.resolve("web.yml")),
                Optional.of(new TlsFiles(certificate, key)),
                () -> now))
        .hasMessageContaining("use one");
  }

  private static boolean right(WebAccess access, Headers headers) {
    return access.judgeUser(headers) == WebAccess.UserVerdict.RIGHT;
  }

  private WebAccess tls(Path certificate, Path key) {
    return WebAccess.load(Optional.empty(), Optional.of(new TlsFiles(certificate, key)), () -> now);
  }

  private WebAccess access(String config) throws IOException {
    return WebAccess.load(Optional.of(write(config)), Optional.empty(), () -> now);
  }

  private Path write(String config) throws IOException {
    return Files.writeString(folder.resolve("web.yml"), config);
  }

  private static String users(String user, String password) {
    String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(COST, password.toCharArray());
    return "basic_auth_users:\n  " + user + ": " + hash + "\n";
  }

  private static Headers basic(String pair) {
    return Headers.of(
        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }
}
