// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.Limits;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {

  private final Desk desk = new Desk().open();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void namesItsAddressForDiscovery() {
    Desk.Answer answer = desk.call("DescribeEndpoints", "{}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{'Endpoints':[{'Address':'http://127.0.0.1:%d','CachePeriodInMinutes':1440}]}"
                .formatted(desk.port()));
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
  }

  @Test
  void everyAnswerNamesItsRequest() {
    assertThat(desk.call("DescribeEndpoints", "{}").header("x-amzn-RequestId")).isNotEmpty();
    assertThat(desk.call("Query", "{").header("x-amzn-RequestId")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Nonsense", "", "describeendpoints"})
  void anUnknownOperationIsNamedSo(String operation) {
    Desk.Answer answer = desk.call(operation, "{}");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("UnknownOperationException");
    assertThat(answer.body())
        .startsWith("{'__type':'com.amazonaws.timestream.v20181101#UnknownOperationException'");
  }

  @Test
  void aRequestWithoutTargetIsAnUnknownOperation() {
    Desk.Answer answer =
        desk.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + desk.port() + "/"))
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("UnknownOperationException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{'DatabaseName'",
        "{'DatabaseName':}",
        "{'DatabaseName':'abc'}}",
        "{} {}",
        "{'DatabaseName':17}",
        "{'DatabaseName':{}}",
        "{'DatabaseName':['abc']}",
        "{'DatabaseName':'abc','KmsKeyId':true}",
        "{'DatabaseName':'abc','Tags':'x'}",
        "{'DatabaseName':'abc','Tags':['x']}",
        "{'DatabaseName':'abc','Tags':[null]}",
        "{'DatabaseName':'\\ud800'}",
        "{'DatabaseName':'\\udc00\\ud800'}",
        "{DatabaseName:'abc'}",
        "{'DatabaseName':NaN}",
      })
  void whatIsNoJsonOfTheRightTypesIsASerializationException(String body) {
    Desk.Answer answer = desk.call("CreateDatabase", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("SerializationException");
    assertThat(desk.account.databases()).isEmpty();
  }

  @Test
  void brokenUtf8IsASerializationException() {
    byte[] body = "{\"DatabaseName\":\"abcX\"}".getBytes(StandardCharsets.UTF_8);
    for (int broken : new int[] {0xff, 0xc3, 0x80}) {
      body[body.length - 3] = (byte) broken;
      Desk.Answer answer = desk.call("CreateDatabase", body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("x-amzn-errortype")).isEqualTo("SerializationException");
    }
    byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'};
    assertThat(desk.call("CreateDatabase", overlong).header("x-amzn-errortype"))
        .isEqualTo("SerializationException");
  }

  @Test
  void utf16IsASerializationException() {
    byte[] body = "{\"DatabaseName\":\"abc\"}".getBytes(StandardCharsets.UTF_16LE);
    assertThat(desk.call("CreateDatabase", body).header("x-amzn-errortype"))
        .isEqualTo("SerializationException");
    assertThat(desk.account.databases()).isEmpty();
  }

  @Test
  void deepNestingIsASerializationException() {
    String deep = "{'x':" + "[".repeat(1_000) + "]".repeat(1_000) + "}";
    for (String operation : new String[] {"CreateDatabase", "TagResource"}) {
      Desk.Answer answer = desk.call(operation, deep);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("x-amzn-errortype")).isEqualTo("SerializationException");
    }
  }

  @Test
  void moreTokensThanAnyRequestHasAreRefused() {
    Desk.Answer answer = desk.call("CreateDatabase", "{'x':[" + "1,".repeat(60_000) + "1]}");
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("SerializationException");
  }

  @Test
  void aBodyOverTheLimitIsRefusedWhetherItsLengthIsKnownOrNot() {
    byte[] body = new byte[(4 << 20) + 1];
    Desk.Answer declared = desk.call("CreateDatabase", body);
    assertThat(declared.status()).isEqualTo(400);
    assertThat(declared.body()).contains("more than 4194304 bytes");
    Desk.Answer streamed =
        desk.send(
            desk.request("CreateDatabase", body)
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body))));
    assertThat(streamed.body()).isEqualTo(declared.body());
  }

  @Test
  void unknownAndNullMembersArePassedOver() {
    Desk.Answer answer =
        desk.call(
            "CreateDatabase",
            "{'Later':{'a':[1,{'b':null}]},'DatabaseName':'abc','KmsKeyId':null,'Zz':1.5e400}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void whatWeirLeavesOutSaysSoInOneLine() {
    assertThat(desk.call("ListScheduledQueries", "{}").body())
        .isEqualTo(
            Desk.error(
                "ValidationException",
                "ListScheduledQueries is not available: Weir has no scheduled queries."));
    assertThat(desk.call("CreateBatchLoadTask", "{}").body())
        .isEqualTo(
            Desk.error(
                "ValidationException",
                "CreateBatchLoadTask is not available: Weir has no batch load."));
  }

  @Test
  void thePageOfTheConsoleStandsBesideIt() {
    Desk.Answer page =
        desk.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + desk.port() + "/")).GET());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("<title>Weir</title>");
    Desk.Answer put =
        desk.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + desk.port() + "/"))
                .PUT(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(put.status()).isEqualTo(405);
    assertThat(put.header("Allow")).isEqualTo("GET, HEAD, POST");
  }

  @Test
  void pagesOfAnotherOriginAreRefusedInTheFormOfTheDoor() {
    Desk.Answer answer =
        desk.send(
            desk.request("DescribeEndpoints", new byte[0]).header("Origin", "http://evil.example"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("AccessDeniedException");
  }

  @Test
  void whatTheServerItselfRefusesSpeaksTheLanguageOfTheDoor() {
    try (Desk small = new Desk().limits(Limits.standard().withBodyBytes(16)).open()) {
      Desk.Answer answer = small.call("DescribeDatabase", "{'DatabaseName':'metrics'}");
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.header("x-amzn-errortype")).isEqualTo("ValidationException");
      assertThat(answer.header("x-amzn-RequestId")).isNotEmpty();
      assertThat(answer.body()).contains("'Message':'the body has 26 bytes; the limit is 16");
    }
  }

  @Test
  void countsCallsByOperationAndError() {
    desk.call("DescribeEndpoints", "{}");
    desk.call("DescribeDatabase", "{'DatabaseName':'abc'}");
    desk.call("Whatever", "{}");
    assertThat(desk.calls("DescribeEndpoints", "none")).isEqualTo(1);
    assertThat(desk.calls("DescribeDatabase", "ResourceNotFoundException")).isEqualTo(1);
    assertThat(desk.calls("unknown", "UnknownOperationException")).isEqualTo(1);
  }
}
