// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Events as API Gateway makes them of Prometheus' requests, and the answers it takes back. */
final class GatewayEvents {

  private GatewayEvents() {}

  /** An event as API Gateway sends it, with what Prometheus sends in it. */
  static String event(String version, String path, byte[] body, String... moreHeaders) {
    StringBuilder headers = new StringBuilder();
    headers.append("\"content-encoding\": \"snappy\"");
    headers.append(", \"content-type\": \"application/x-protobuf\"");
    headers.append(", \"x-prometheus-remote-%s-version\": \"0.1.0\"".formatted(path));
    for (int i = 0; i < moreHeaders.length; i += 2) {
      headers.append(", \"%s\": \"%s\"".formatted(moreHeaders[i], moreHeaders[i + 1]));
    }
    String request =
        version.equals("2.0")
            ? """
            "version": "2.0", "routeKey": "POST /%1$s", "rawPath": "/dev/%1$s",
            "requestContext": {"stage": "dev", "http": {"method": "POST", "path": "/dev/%1$s"}}
            """
            : """
            "resource": "/%1$s", "path": "/%1$s", "httpMethod": "POST",
            "requestContext": {"stage": "dev", "httpMethod": "POST", "path": "/dev/%1$s"}
            """;
    return "{%s, \"headers\": {%s}, \"isBase64Encoded\": true, \"body\": \"%s\"}"
        .formatted(request.formatted(path), headers, Base64.getEncoder().encodeToString(body));
  }

  /** The body of an answer, decoded. */
  static byte[] body(String answer) {
    String encoded = answer.replaceFirst("(?s).*\"body\":\"([^\"]*)\".*", "$1");
    return Base64.getDecoder().decode(encoded.getBytes(StandardCharsets.US_ASCII));
  }
}
