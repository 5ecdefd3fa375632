// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

/** A server that answers as SNS does, and notes what was published. */
final class FakeTopic implements AutoCloseable {

  private record Answer(int status, String body) {}

  private static final Answer PUBLISHED =
      new Answer(
          200,
          "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
              + "<MessageId>567910cd-659e-55d4-8ccb-5aaf14679dc0</MessageId></PublishResult>"
              + "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>");

  private final HttpServer server;
  private final List<Map<String, String>> published = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();

  FakeTopic() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          Answer answer = answer(body);
          byte[] text = answer.body().getBytes(UTF_8);
          exchange.sendResponseHeaders(answer.status(), text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
  }

  private synchronized Answer answer(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String each : body.split("&")) {
      String[] pair = each.split("=", 2);
      fields.put(URLDecoder.decode(pair[0], UTF_8), URLDecoder.decode(pair[1], UTF_8));
    }
    published.add(fields);
    return answers.isEmpty() ? PUBLISHED : answers.poll();
  }

  /** The next answer. */
  synchronized void fail(int status, String code) {
    answers.add(
        new Answer(
            status,
            "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error>"
                + "<Type>Sender</Type><Code>%s</Code><Message>not now</Message></Error>"
                    .formatted(code)
                + "<RequestId>r</RequestId></ErrorResponse>"));
  }

  /** The next answer is not one of SNS'. */
  synchronized void answerNonsense() {
    answers.add(new Answer(200, "<html>"));
  }

  /** Fields of each call, in order. */
  synchronized List<Map<String, String>> published() {
    return List.copyOf(published);
  }

  /** Repeats nothing by itself, so that a test sees each answer. */
  SnsClient client(String region) {
    return SnsClient.builder()
        .region(Region.of(region))
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("weir", "weir")))
        .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
