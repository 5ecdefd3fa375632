// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialSearchTest {

  @TempDir private Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private AmbientCredentials ambient;
  private HttpServer tokens;
  private InstantSource clock = InstantSource.system();

  @BeforeEach
  void begin() throws IOException {
    assumeThat(System.getenv("AWS_ACCESS_KEY_ID")).isNull();
    ambient = new AmbientCredentials(folder);
    tokens = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tokens.createContext(
        "/",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer = assumed().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    tokens.start();
  }

  @AfterEach
  void end() {
    ambient.close();
    tokens.stop(0);
  }

  @Test
  void takesARoleByWebIdentityAsInKubernetes() throws IOException {
    assumeRole();
    CredentialSearch search = new CredentialSearch(clock);

    Finding found = search.look();

    assertThat(found.state()).as("%s", found).isEqualTo(State.OK);
    assertThat(found.message())
        .isEqualTo("ASIA…MPLE from web identity, until 2099-01-01T00:00:00Z");
    assertThat(search.found().orElseThrow().accessKeyId()).isEqualTo("ASIAIOSFODNN7EXAMPLE");
    assertThat(asked)
        .singleElement()
        .asString()
        .contains("AssumeRoleWithWebIdentity", "the-token", "role%2Fweir");
  }

  @Test
  void refusesWhatHasExpired() throws IOException {
    assumeRole();
    clock = InstantSource.offset(clock, Duration.ofDays(365 * 100));
    CredentialSearch search = new CredentialSearch(clock);
    assertThat(search.look())
        .satisfies(found -> assertThat(found.state()).isEqualTo(State.FAIL))
        .satisfies(found -> assertThat(found.message()).contains("which has passed"));
  }

  @Test
  void findsAProfileByItsName() throws IOException {
    Files.writeString(
        folder.resolve("credentials"),
        "[prod]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hidden\n");
    ambient.and("aws.profile", "prod");
    assertThat(new CredentialSearch(clock).look().message())
        .isEqualTo("AKIA…MPLE from profile prod");
  }

  @Test
  void saysThatAProfileIsNotThere() {
    ambient.and("aws.profile", "missing");
    Finding found = new CredentialSearch(clock).look();
    assertThat(found.state()).isEqualTo(State.FAIL);
    assertThat(found.message()).contains("profile missing: ");
  }

  private void assumeRole() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "the-token");
    ambient
        .and("aws.webIdentityTokenFile", token.toString())
        .and("aws.roleArn", "arn:aws:iam::111122223333:role/weir")
        .and("aws.region", "us-east-1")
        .and("aws.endpointUrlSts", "http://127.0.0.1:" + tokens.getAddress().getPort());
  }

  private static String assumed() {
    return """
    <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <AssumeRoleWithWebIdentityResult>
        <Credentials>
          <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>
          <SecretAccessKey>hidden</SecretAccessKey>
          <SessionToken>token</SessionToken>
          <Expiration>2099-01-01T00:00:00Z</Expiration>
        </Credentials>
      </AssumeRoleWithWebIdentityResult>
    </AssumeRoleWithWebIdentityResponse>
    """;
  }
}
