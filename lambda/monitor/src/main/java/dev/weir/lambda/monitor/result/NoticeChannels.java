// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import dev.weir.lambda.monitor.settings.FunctionSettings;
import dev.weir.lambda.monitor.settings.VariableSecrets;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.notice.Channel;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.ChannelsReader;
import dev.weir.monitor.probe.NetworkPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.sns.SnsClient;

/** Who is told, as the variables of a function say. */
final class NoticeChannels {

  /** The channel of {@code WEIR_NOTICE_TOPIC}, among everybody's. */
  static final String TOPIC_NAME = "notice-topic";

  private NoticeChannels() {}

  /**
   * The channels of {@code WEIR_NOTICES} and that of {@code WEIR_NOTICE_TOPIC}. Their secrets are
   * variables, never files.
   *
   * @throws IllegalArgumentException naming the variable and what is wrong with it
   */
  static Channels of(
      FunctionSettings settings, Function<String, SnsClient> clients, InstantSource clock) {
    Secrets secrets =
        new VariableSecrets(settings.variables().environment(), settings.secretPrefixes());
    NetworkPolicy policy = settings.networkPolicy();
    ChannelsReader reader =
        new ChannelsReader(
            _ -> secrets,
            _ -> policy,
            clock,
            Map.of("sns", (name, topic) -> SnsChannel.of(name, topic, clients)));
    Map<String, List<Channel>> all = new HashMap<>();
    try {
      settings.notices().ifPresent(text -> all.putAll(reader.read(text).byCustomer()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("WEIR_NOTICES: " + e.getMessage(), e);
    }
    settings
        .noticeTopic()
        .ifPresent(topic -> {
          List<Channel> everybodys =
              new ArrayList<>(all.getOrDefault(Channels.EVERYBODY, List.of()));
          everybodys.add(topic(topic, clients));
          all.put(Channels.EVERYBODY, everybodys);
        });
    return new Channels(all);
  }

  private static Channel topic(String topic, Function<String, SnsClient> clients) {
    try {
      return SnsChannel.of(TOPIC_NAME, topic, clients);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("WEIR_NOTICE_TOPIC: " + e.getMessage(), e);
    }
  }
}
