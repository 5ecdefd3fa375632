// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.query.Scope;
import dev.weir.server.timestream.wire.Caller;
import dev.weir.server.timestream.wire.Fault;
import dev.weir.server.timestream.wire.Operation.Access;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.server.web.ServerConfigException;
import dev.weir.store.kit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The signatures were computed with Python's hmac from the rules of AWS's documentation. */
class SignedCallersTest {

  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String FILE =
      """
      # callers
      [default]
      aws_access_key_id = AKIDEXAMPLE
      aws_secret_access_key = %s
      region = eu-west-1

      [reader]
      aws_access_key_id=READER
      aws_secret_access_key=othersecret
      aws_session_token=tok/en==
      databases = metrics, team-*
      access = read
      ; a profile of another kind
      [sso]
      sso_session = x
      """
          .formatted(SECRET);

  private static final String PLAIN =
      "f62961976e9d7a9d801a6eef2e3cff894627707e122075171d398bc5049b346f";
  private static final String ODD =
      "c14361c0916603adb6e276eb6e96a7dc1d767c15d66a6baec726f3ae311e2765";
  private static final String MAIL_DATE =
      "b94236706c1dd5becd198a1efcae83bf57b80085e42e09e5135281b4acba14bd";
  private static final String EU =
      "2ede2ce86435ed504ef402c2227007cbfdf8a8782746e6e57491ee4c8d21d501";
  private static final String OTHER_SERVICE =
      "f47ced6b4ba900e372d3b131902559698dfc5f9bb083e0047e8faa97794e966e";
  private static final String TOKEN =
      "b013d5f0c71b0a33d3047812a02ae48cba4e034dfc78e39d4848a79949283a85";
  private static final String TARGET_UNSIGNED =
      "eb7091aaa1d156bffe47d37a94c7fc52e89f4f99c5803d9fee0c8e95eb3b5f1b";
  private static final String PRESIGNED =
      "851cf90f7e113f52300b7b0e7ba6010cb18b9a9d9aa70fbdde51cb035e5729df";
  private static final String OTHER_DAY =
      "6a56191a6295529a00c6f36b41aba93afac015a5ed5941778fedaaac532e5e22";
  private static final String PRESIGNED_QUERY =
      "a=b%20c&X-Amz-Signature="
          + PRESIGNED
          + "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20260310%2Fus-east-1"
          + "%2Ftimestream%2Faws4_request&X-Amz-Date=20260310T120000Z&X-Amz-Expires=600"
          + "&X-Amz-SignedHeaders=host%3Bx-amz-target";

  private static final String USUAL = "host;x-amz-date;x-amz-target";

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-10T12:00:00Z"));
  private Path file;
  private SignedCallers callers;

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.writeString(folder.resolve("credentials"), FILE);
    callers = new SignedCallers(file, clock);
  }

  @Test
  void takesARightSignature() {
    assertThat(of(signed("AKIDEXAMPLE", "us-east-1", USUAL, PLAIN)))
        .isEqualTo(new Caller("AKIDEXAMPLE", "us-east-1", Scope.all(), Access.WRITE));
  }

  @Test
  void theCallerHasTheRegionOfTheScope() {
    assertThat(of(signed("AKIDEXAMPLE", "eu-west-1", USUAL, EU)).region()).isEqualTo("eu-west-1");
  }

  @Test
  void blanksAreFoldedAndRepeatedHeadersJoined() {
    Request request =
        request(
            "",
            "{\"a\":\"é\"}",
            "X-Odd",
            "  a   b  ",
            "X-Odd",
            "c",
            "Authorization",
            authorization("AKIDEXAMPLE", "us-east-1", USUAL + ";x-odd", ODD));
    assertThat(callers.of(request, "{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8)).accessKey())
        .isEqualTo("AKIDEXAMPLE");
  }

  @Test
  void aDateHeaderStandsForTheOther() {
    Request request =
        new Request(
            "POST",
            "/",
            "",
            Headers.of(
                "Host",
                "127.0.0.1:9201",
                "Date",
                "Tue, 10 Mar 2026 12:00:00 GMT",
                "X-Amz-Target",
                "Timestream_20181101.DescribeEndpoints",
                "Authorization",
                authorization("AKIDEXAMPLE", "us-east-1", "date;host;x-amz-target", MAIL_DATE)),
            2,
            InputStream.nullInputStream());
    assertThat(of(request).accessKey()).isEqualTo("AKIDEXAMPLE");
  }

  @Test
  void temporaryCredentialsNeedTheirToken() {
    String headers = "host;x-amz-date;x-amz-security-token;x-amz-target";
    String authorization = authorization("READER", "us-east-1", headers, TOKEN);
    Caller reader =
        of(request("", "{}", "X-Amz-Security-Token", "tok/en==", "Authorization", authorization));
    assertThat(reader)
        .isEqualTo(
            new Caller(
                "READER", "us-east-1", Scope.matching(List.of("metrics", "team-*")), Access.READ));
    refused(
        Fault.UNRECOGNIZED_CLIENT,
        request("", "{}", "X-Amz-Security-Token", "other", "Authorization", authorization));
    refused(Fault.UNRECOGNIZED_CLIENT, request("", "{}", "Authorization", authorization));
    refused(
        Fault.UNRECOGNIZED_CLIENT,
        request(
            "",
            "{}",
            "X-Amz-Security-Token",
            "tok/en==",
            "Authorization",
            authorization("AKIDEXAMPLE", "us-east-1", headers, PLAIN)));
  }

  @Test
  void takesAPresignedRequestWhileItLives() {
    Request request = presigned(PRESIGNED_QUERY);
    assertThat(of(request).accessKey()).isEqualTo("AKIDEXAMPLE");
    clock.advance(Duration.ofSeconds(600));
    assertThat(of(request).accessKey()).isEqualTo("AKIDEXAMPLE");
    clock.advance(Duration.ofSeconds(1));
    refused(Fault.INVALID_SIGNATURE, request);
    refused(
        Fault.INCOMPLETE_SIGNATURE,
        presigned(PRESIGNED_QUERY.replace("Expires=600", "Expires=604801")));
  }

  @Test
  void whateverChangesAfterTheSignatureIsRefused() {
    Request right = signed("AKIDEXAMPLE", "us-east-1", USUAL, PLAIN);
    byte[] otherBody = "{ }".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> callers.of(right, otherBody))
        .isInstanceOfSatisfying(
            WireException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_SIGNATURE));
    String authorization = authorization("AKIDEXAMPLE", "us-east-1", USUAL, PLAIN);
    refused(Fault.INVALID_SIGNATURE, request("a=b", "{}", "Authorization", authorization));
    refused(
        Fault.INVALID_SIGNATURE,
        request("", "{}", "Host", "other", "Authorization", authorization));
    refused(
        Fault.INVALID_SIGNATURE,
        request("", "{}", "X-Amz-Target", "DeleteTable", "Authorization", authorization));
    String wrong = PLAIN.replace('f', 'e');
    refused(Fault.INVALID_SIGNATURE, signed("AKIDEXAMPLE", "us-east-1", USUAL, wrong));
    refused(Fault.INVALID_SIGNATURE, signed("AKIDEXAMPLE", "us-east-2", USUAL, PLAIN));
  }

  @Test
  void theTargetMustBeSigned() {
    refused(
        Fault.INVALID_SIGNATURE,
        signed("AKIDEXAMPLE", "us-east-1", "host;x-amz-date", TARGET_UNSIGNED));
  }

  @Test
  void theScopeMustNameTheServiceAndTheDay() {
    String service =
        authorization("AKIDEXAMPLE", "us-east-1", USUAL, OTHER_SERVICE)
            .replace("/timestream/", "/s3/");
    refused(Fault.INVALID_SIGNATURE, request("", "{}", "Authorization", service));
    String day =
        authorization("AKIDEXAMPLE", "us-east-1", USUAL, OTHER_DAY)
            .replace("/20260310/", "/20260309/");
    refused(Fault.INVALID_SIGNATURE, request("", "{}", "Authorization", day));
  }

  @ParameterizedTest
  @CsvSource({"300, true", "301, false", "-300, true", "-301, false"})
  void clocksMayDifferByFiveMinutes(long seconds, boolean taken) {
    clock.advance(Duration.ofSeconds(seconds));
    Request request = signed("AKIDEXAMPLE", "us-east-1", USUAL, PLAIN);
    if (taken) {
      assertThat(of(request).accessKey()).isEqualTo("AKIDEXAMPLE");
    } else {
      refused(Fault.INVALID_SIGNATURE, request);
    }
  }

  @Test
  void whoeverIsNotKnownIsUnrecognized() {
    refused(Fault.UNRECOGNIZED_CLIENT, signed("NOBODY", "us-east-1", USUAL, PLAIN));
    refused(Fault.MISSING_AUTHENTICATION_TOKEN, request("", "{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic dXNlcjpwYXNz",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=A",
        "AWS4-HMAC-SHA256 Credential=A/20260310/us-east-1/timestream/aws4_request",
        "AWS4-HMAC-SHA256 Credential=A/2026/us-east-1/timestream/aws4_request,"
            + " SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=A/20260310/us-east-1/timestream/aws4_request,"
            + " SignedHeaders=Host, Signature="
            + PLAIN,
        "AWS4-HMAC-SHA256 Credential=A/20260310/us east/timestream/aws4_request,"
            + " SignedHeaders=host, Signature="
            + PLAIN
      })
  void whatIsNoSignatureIsIncompleteOnADoorWithoutCredentialsToo(String header) {
    Request request = request("", "{}", "Authorization", header);
    refused(Fault.INCOMPLETE_SIGNATURE, request);
    assertThatThrownBy(() -> Callers.anyone().of(request, new byte[0]))
        .isInstanceOfSatisfying(
            WireException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INCOMPLETE_SIGNATURE));
  }

  @Test
  void aDoorWithoutCredentialsTakesAnySignature() {
    assertThat(Callers.anyone().of(signed("NOBODY", "eu-central-1", USUAL, PLAIN), new byte[0]))
        .isEqualTo(new Caller("NOBODY", "eu-central-1", Scope.all(), Access.WRITE));
    assertThat(Callers.anyone().of(request("", "{}"), new byte[0]).region()).isEqualTo("us-east-1");
  }

  @Test
  void theFileIsReadAgainWhenItChangesAndABrokenOneLeavesTheOld() throws IOException {
    Files.writeString(file, FILE.replace(SECRET, "changed"));
    clock.advance(Duration.ofSeconds(2));
    Request request = signed("AKIDEXAMPLE", "us-east-1", USUAL, PLAIN);
    refused(Fault.INVALID_SIGNATURE, request);
    Files.writeString(file, FILE);
    clock.advance(Duration.ofSeconds(2));
    assertThat(of(request).accessKey()).isEqualTo("AKIDEXAMPLE");
    Files.writeString(file, "nonsense");
    clock.advance(Duration.ofSeconds(2));
    assertThat(of(request).accessKey()).isEqualTo("AKIDEXAMPLE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|has no profile with aws_access_key_id",
        "[a]|has no profile with aws_access_key_id",
        "a=b|line 1: stands before the first [profile]",
        "[a|line 1: the name of a profile must end with ]",
        "[a]~aws_access_key_id|line 2: is no key = value",
        "[a]~aws_access_key_id=A|profile a has no aws_secret_access_key",
        "[a]~aws_access_key_id=A/B~aws_secret_access_key=hidden|profile a has an aws_access_key_id",
        "[a]~aws_access_key_id=A~aws_access_key_id=B|line 3: aws_access_key_id is there twice",
        "[a]~aws_access_key_id=A~aws_secret_access_key=hidden~access=all|it must be read or write",
        "[a]~aws_access_key_id=A~aws_secret_access_key=hidden~databases=|has an empty name",
        "[a]~aws_access_key_id=A~aws_secret_access_key=hidden~[b]~aws_access_key_id=A"
            + "~aws_secret_access_key=hidden|profile b has the access key of another profile"
      })
  void aFileThatCantBeUsedIsRefusedInOneLineWithoutSecrets(String text, String message) {
    String lines = text == null ? "" : text.replace('~', '\n');
    assertThatThrownBy(() -> CredentialsFile.parse("callers.ini", lines))
        .isInstanceOf(ServerConfigException.class)
        .hasMessageStartingWith("callers.ini")
        .hasMessageContaining(message)
        .hasMessageNotContaining("hidden");
  }

  @Test
  void aProfileDoesNotShowItsSecret() {
    assertThat(CredentialsFile.parse("callers.ini", FILE).toString())
        .contains("AKIDEXAMPLE", "READER")
        .doesNotContain(SECRET, "othersecret", "tok/en");
  }

  private Caller of(Request request) {
    return callers.of(request, "{}".getBytes(StandardCharsets.UTF_8));
  }

  private void refused(Fault fault, Request request) {
    WireException refusal = catchThrowableOfType(WireException.class, () -> of(request));
    assertThat(refusal.fault()).as(refusal.getMessage()).isEqualTo(fault);
  }

  private static Request signed(String key, String region, String headers, String signature) {
    return request("", "{}", "Authorization", authorization(key, region, headers, signature));
  }

  private static Request presigned(String query) {
    return new Request(
        "POST",
        "/",
        query,
        Headers.of(
            "Host", "127.0.0.1:9201", "X-Amz-Target", "Timestream_20181101.DescribeEndpoints"),
        2,
        InputStream.nullInputStream());
  }

  private static String authorization(String key, String region, String headers, String signature) {
    return ("AWS4-HMAC-SHA256 Credential=%s/20260310/%s/timestream/aws4_request,"
            + " SignedHeaders=%s, Signature=%s")
        .formatted(key, region, headers, signature);
  }

  /** Headers that are given replace the usual ones. */
  private static Request request(String query, String body, String... headers) {
    Headers usual =
        Headers.of(
            "Host", "127.0.0.1:9201",
            "X-Amz-Date", "20260310T120000Z",
            "X-Amz-Target", "Timestream_20181101.DescribeEndpoints");
    Map<String, List<String>> all = new TreeMap<>();
    Headers given = Headers.of(headers);
    given.forEach((name, value) -> all.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
    usual.forEach((name, value) -> {
      if (given.all(name).isEmpty()) {
        all.put(name, List.of(value));
      }
    });
    return new Request(
        "POST", "/", query, Headers.of(all), body.length(), InputStream.nullInputStream());
  }
}
