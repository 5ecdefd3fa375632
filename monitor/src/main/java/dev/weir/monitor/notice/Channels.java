// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is told of whose incidents. Channels under {@link #EVERYBODY} are told of all customers'.
 *
 * @param byCustomer the names of one customer's channels and of everybody's differ
 */
public record Channels(Map<String, List<Channel>> byCustomer) {

  public static final String EVERYBODY = "*";
  public static final int PER_CUSTOMER_MAX = 16;

  /** Nobody is told. */
  public static final Channels NONE = new Channels(Map.of());

  Optional<Channel> find(String customer, String name) {
    return byCustomer.getOrDefault(customer, List.of()).stream()
        .filter(channel -> channel.name().equals(name))
        .findFirst();
  }

  /** Those that the channels of a customer are told of. */
  static List<Notice> of(String customer, List<Notice> notices) {
    return notices.stream()
        .filter(notice ->
            customer.equals(EVERYBODY) || notice.incident().site().customer().equals(customer))
        .toList();
  }

  public Channels {
    Map<String, List<Channel>> copy = new HashMap<>();
    byCustomer.forEach((customer, channels) -> copy.put(customer, List.copyOf(channels)));
    byCustomer = Map.copyOf(copy);
    byCustomer.forEach((customer, channels) -> {
      if (channels.size() > PER_CUSTOMER_MAX) {
        throw new IllegalArgumentException(
            "%s has %d channels, at most %d are possible"
                .formatted(customer, channels.size(), PER_CUSTOMER_MAX));
      }
      if (channels.stream().map(Channel::name).distinct().count() != channels.size()) {
        throw new IllegalArgumentException("two channels of " + customer + " have one name");
      }
    });
  }
}
