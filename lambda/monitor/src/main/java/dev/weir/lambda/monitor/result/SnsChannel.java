// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.lambda.monitor.digest.Sha256;
import dev.weir.monitor.notice.Channel;
import dev.weir.monitor.notice.Incident;
import dev.weir.monitor.notice.Notice;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.SnsException;

/**
 * Publishes each notice to a topic of Amazon SNS: the JSON that a webhook receives, a subject for
 * people, and attributes by which subscriptions filter. On a FIFO topic the notices of a site and
 * region stay in order, and repeats of one are dropped by SNS. Thread-safe.
 */
final class SnsChannel implements Channel {

  /** "must be less than 100 characters long": SNS, Publish, Subject. */
  static final int SUBJECT_LENGTH_MAX = 99;

  /** Message and attributes of one publication: SNS, Publish, Message. */
  static final int MESSAGE_BYTES_MAX = 256 << 10;

  /** Kept free of it for attributes: names and values of {@link #attributes}. */
  private static final int ATTRIBUTE_BYTES_MAX = 4 << 10;

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private static final Pattern TOPIC =
      Pattern.compile(
          "arn:aws[a-z-]*:sns:([a-z0-9-]{1,63}):[0-9]{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?");

  private final String name;
  private final String topic;
  private final boolean fifo;
  private final SnsClient client;

  private SnsChannel(String name, String topic, boolean fifo, SnsClient client) {
    this.name = name;
    this.topic = topic;
    this.fifo = fifo;
    this.client = client;
  }

  /**
   * A channel to a topic.
   *
   * @param clients of a region
   * @throws IllegalArgumentException for what is no topic's ARN
   */
  static SnsChannel of(String name, String topic, Function<String, SnsClient> clients) {
    Matcher arn = TOPIC.matcher(topic);
    if (!arn.matches()) {
      throw new IllegalArgumentException(
          "a topic is named by its ARN, arn:aws:sns:REGION:ACCOUNT:NAME, not '" + topic + "'");
    }
    return new SnsChannel(name, topic, arn.group(2) != null, clients.apply(arn.group(1)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Delivery deliver(Notice notice) {
    String message = notice.json();
    int bytes = message.getBytes(UTF_8).length;
    if (bytes > MESSAGE_BYTES_MAX - ATTRIBUTE_BYTES_MAX) {
      return new Delivery.Never(
          "the notice has %d bytes, a topic takes at most %d"
              .formatted(bytes, MESSAGE_BYTES_MAX - ATTRIBUTE_BYTES_MAX));
    }
    PublishRequest.Builder request =
        PublishRequest.builder()
            .topicArn(topic)
            .subject(subject(notice))
            .message(message)
            .messageAttributes(attributes(notice))
            .overrideConfiguration(settings -> settings.apiCallTimeout(CALL_TIMEOUT));
    if (fifo) {
      // 64 characters that an id of a FIFO topic may have, whatever the text holds.
      request.messageGroupId(
          Sha256.hex(notice.incident().site() + "/" + notice.incident().region(), Sha256.BYTES));
      request.messageDeduplicationId(Sha256.hex(notice.id(), Sha256.BYTES));
    }
    try {
      client.publish(request.build());
      return new Delivery.Delivered();
    } catch (SnsException e) {
      String why = "the topic answered " + e.statusCode() + ", " + e.awsErrorDetails().errorCode();
      return mayPass(e) ? new Delivery.Later(why) : new Delivery.Never(why);
    } catch (SdkClientException e) {
      return new Delivery.Later("the topic can't be reached: " + e.getMessage());
    }
  }

  /**
   * Throttling, faults of SNS, and what an operator can mend: rights, and the key that a topic is
   * encrypted with.
   */
  private static boolean mayPass(SnsException e) {
    return e.isThrottlingException()
        || e.statusCode() >= 500
        || e.statusCode() == 429
        || e.statusCode() == 403
        || e.awsErrorDetails().errorCode().startsWith("KMS")
        || e.awsErrorDetails().errorCode().startsWith("Throttl");
  }

  /** What a subscription can filter by; none of these is ever empty. */
  private static Map<String, MessageAttributeValue> attributes(Notice notice) {
    Incident incident = notice.incident();
    Map<String, MessageAttributeValue> attributes = new TreeMap<>();
    Map.of(
            "customer", incident.site().customer(),
            "site", incident.site().id(),
            "region", incident.region(),
            "kind", notice.kind().spelling(),
            "error_class", incident.cause().errorClass().spelling())
        .forEach((attribute, value) ->
            attributes.put(
                attribute,
                MessageAttributeValue.builder().dataType("String").stringValue(value).build()));
    return attributes;
  }

  private static String subject(Notice notice) {
    Incident incident = notice.incident();
    String text =
        switch (notice.kind()) {
              case OPENED -> "DOWN: ";
              case REPEATED -> "STILL DOWN: ";
              case CLOSED -> "UP: ";
            }
            + incident.site()
            + " from "
            + incident.region()
            + (notice.kind() == Notice.Kind.CLOSED
                ? ""
                : ", " + incident.cause().errorClass().spelling());
    String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
    return ascii.length() <= SUBJECT_LENGTH_MAX ? ascii : ascii.substring(0, SUBJECT_LENGTH_MAX);
  }
}
