// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call of a service of AWS as it went over the wire.
 *
 * @param caller the access key that signed it
 * @param service as the signature's scope names it
 * @param region as the signature's scope names it
 * @param operation such as PutItem
 * @param request the whole of it
 */
record AwsCall(
    String caller, String service, String region, String operation, HttpMessage request) {

  private static final Pattern SCOPE =
      Pattern.compile("Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  static AwsCall of(HttpMessage request) {
    Matcher scope = SCOPE.matcher(request.header("Authorization"));
    if (!scope.find()) {
      return new AwsCall("", "", "", "", request);
    }
    String service = scope.group(3);
    return new AwsCall(
        scope.group(1), service, scope.group(2), operation(service, request), request);
  }

  private static String operation(String service, HttpMessage request) {
    String target = request.header("X-Amz-Target");
    if (!target.isEmpty()) {
      return target.substring(target.indexOf('.') + 1);
    }
    return service.equals("scheduler") ? ofScheduler(request) : ofForm(request);
  }

  private static String ofForm(HttpMessage request) {
    Matcher action = ACTION.matcher(request.text());
    return action.find() ? action.group(1) : "";
  }

  /** Scheduler is the one whose operations are methods and paths. */
  private static String ofScheduler(HttpMessage request) {
    String method = request.head().split(" ", 2)[0];
    String path = path(request);
    String noun = path.startsWith("/schedule-groups") ? "ScheduleGroup" : "Schedule";
    boolean named = path.indexOf('/', 1) > 0;
    return switch (method) {
      case "GET" -> named ? "Get" + noun : "List" + noun + "s";
      case "POST" -> "Create" + noun;
      case "PUT" -> "Update" + noun;
      case "DELETE" -> "Delete" + noun;
      default -> throw new AssertionError("nobody expected " + method + " " + path);
    };
  }

  private static String path(HttpMessage request) {
    return request.head().split(" ", 3)[1].replaceFirst("\\?.*", "");
  }

  /** The last part of the path, decoded: the name of a schedule or of a group. */
  String pathName() {
    String path = path(request);
    return decoded(path.substring(path.lastIndexOf('/') + 1));
  }

  /** A parameter of the address; empty where it is not there. */
  String parameter(String name) {
    Matcher value =
        Pattern.compile("[?&]" + name + "=([^& ]*)")
            .matcher(request.head().lines().findFirst().get());
    return value.find() ? decoded(value.group(1)) : "";
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Such as {@code sqs:SendMessage}. */
  String action() {
    return service + ":" + operation;
  }

  @Override
  public String toString() {
    return caller + " " + action() + " in " + region;
  }
}
