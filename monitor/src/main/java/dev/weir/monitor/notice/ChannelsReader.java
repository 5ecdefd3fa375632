// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.NetworkPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the file that says who is told: a list {@code notices} of entries with a {@code webhook},
 * an {@code alertmanager} or a kind that is made elsewhere each. See docs/notices.md.
 */
public final class ChannelsReader {

  private static final int LENGTH_MAX = 1 << 20;
  private static final Set<String> FIELDS =
      Set.of("customer", "name", "webhook", "secret", "alertmanager", "basic", "bearer");
  private static final String WEBHOOK = "webhook";
  private static final String ALERTMANAGER = "alertmanager";

  private final Function<String, Secrets> secrets;
  private final Function<String, NetworkPolicy> policies;
  private final InstantSource clock;
  private final Map<String, ChannelKind> others;

  /** A reader that knows webhooks and Alertmanagers alone. */
  public ChannelsReader(
      Function<String, Secrets> secrets,
      Function<String, NetworkPolicy> policies,
      InstantSource clock) {
    this(secrets, policies, clock, Map.of());
  }

  /**
   * @param secrets of a customer
   * @param policies of a customer: where its channels may connect to
   * @param others kinds of channels beside those of this room, by the field that asks for one
   */
  public ChannelsReader(
      Function<String, Secrets> secrets,
      Function<String, NetworkPolicy> policies,
      InstantSource clock,
      Map<String, ChannelKind> others) {
    this.secrets = secrets;
    this.policies = policies;
    this.clock = clock;
    this.others = new TreeMap<>(others);
  }

  /**
   * All channels of the text.
   *
   * @throws IllegalArgumentException naming the entry and the field, for a text that is not right
   */
  public Channels read(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "the notices file has at most %d characters, not %d"
              .formatted(LENGTH_MAX, text.length()));
    }
    Map<String, List<Channel>> byCustomer = new HashMap<>();
    List<?> entries = entries(text);
    Set<String> fields = new HashSet<>(FIELDS);
    fields.addAll(others.keySet());
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = Entry.of("notices[" + i + "]", entries.get(i), fields);
      String customer = entry.text("customer").orElse(SiteKey.DEFAULT_CUSTOMER);
      if (!customer.equals(Channels.EVERYBODY)) {
        SiteKey.checkCustomer(customer);
      }
      List<Channel> channels = byCustomer.computeIfAbsent(customer, absent -> new ArrayList<>());
      channels.add(channel(entry, customer, channels.size() + 1));
    }
    return new Channels(byCustomer);
  }

  private Channel channel(Entry entry, String customer, int number) {
    String kind = kind(entry);
    String name = entry.text("name").orElse(kind + "-" + number);
    if (!name.matches("[A-Za-z0-9-]{1,64}")) {
      throw entry.wrong("has a name of 1 to 64 letters, digits and '-', not '" + name + "'");
    }
    ChannelKind other = others.get(kind);
    if (other != null) {
      entry.refuse("secret", "basic", "bearer");
      return made(other, entry, kind, name);
    }
    String url = entry.url(kind).orElseThrow();
    Secrets known = secrets.apply(customer);
    NoticeSender sender = new NoticeSender(policies.apply(customer));
    if (kind.equals(WEBHOOK)) {
      entry.refuse("basic", "bearer");
      return new WebhookChannel(name, url, entry.secret("secret"), known, sender, clock);
    }
    entry.refuse("secret");
    return new AlertmanagerChannel(name, url, credentials(entry), known, sender, clock);
  }

  /** The field that says where to, and so what kind of channel it is. */
  private String kind(Entry entry) {
    List<String> kinds = new ArrayList<>(List.of(WEBHOOK, ALERTMANAGER));
    kinds.addAll(others.keySet());
    List<String> named = kinds.stream().filter(each -> entry.fields().get(each) != null).toList();
    if (named.size() != 1) {
      throw entry.wrong("needs one of " + String.join(", ", kinds) + ", and where to");
    }
    return named.getFirst();
  }

  private static Channel made(ChannelKind other, Entry entry, String kind, String name) {
    String target = entry.text(kind).orElseThrow();
    try {
      return other.channel(name, target);
    } catch (IllegalArgumentException e) {
      throw entry.wrong("has a " + kind + " that is wrong: " + e.getMessage());
    }
  }

  private static Optional<Credentials> credentials(Entry entry) {
    Optional<Secret> bearer = entry.secret("bearer");
    Object basic = entry.fields().get("basic");
    if (basic == null) {
      return bearer.map(Credentials.Bearer::new);
    }
    if (bearer.isPresent()) {
      throw entry.wrong("has both basic and bearer; one is sent");
    }
    Entry pair = Entry.of(entry.place() + ".basic", basic, Set.of("user", "password"));
    Secret user = new Secret(pair.text("user").orElseThrow(() -> pair.wrong("needs a user")));
    Secret password = pair.secret("password").orElseThrow(() -> pair.wrong("needs a password"));
    return Optional.of(new Credentials.Basic(user, password));
  }

  private static List<?> entries(String text) {
    Object root;
    try {
      // No aliases: a few lines of them unfold to any size.
      LoadSettings settings = LoadSettings.builder().setMaxAliasesForCollections(0).build();
      root = new Load(settings).loadFromString(text);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("the notices file is not YAML: " + e.getMessage(), e);
    }
    if (root == null) {
      return List.of();
    }
    if (root instanceof Map<?, ?> map
        && map.size() == 1
        && map.get("notices") instanceof List<?> entries) {
      return entries;
    }
    throw new IllegalArgumentException("the notices file holds one list, `notices:`");
  }

  /** One group of fields, and where it stands. */
  private record Entry(String place, Map<?, ?> fields) {

    static Entry of(String place, @Nullable Object value, Set<String> known) {
      if (!(value instanceof Map<?, ?> fields)) {
        throw new IllegalArgumentException(place + " holds fields, such as `webhook: https://…`");
      }
      Entry entry = new Entry(place, fields);
      for (Object field : fields.keySet()) {
        if (!known.contains(String.valueOf(field))) {
          throw entry.wrong("has an unknown field " + field);
        }
      }
      return entry;
    }

    Optional<String> text(String name) {
      return switch (fields.get(name)) {
        case null -> Optional.empty();
        case String text -> Optional.of(text);
        default -> throw wrong("has a " + name + " that is not a text");
      };
    }

    /** Users and passwords don't belong into it: it is shown. */
    Optional<String> url(String name) {
      Optional<String> text = text(name);
      HttpUrl url = text.map(HttpUrl::parse).orElse(null);
      if (text.isPresent()
          && (url == null || !url.username().isEmpty() || !url.password().isEmpty())) {
        throw wrong(name + " is an http or https URL without user and password");
      }
      return text;
    }

    /** Secrets are never written down, only where they are. */
    Optional<Secret> secret(String name) {
      Optional<String> text = text(name);
      if (text.isPresent() && !text.get().matches("\\$\\{(env|file):[^}]+}")) {
        throw wrong("says where its " + name + " is, as ${env:NAME} or ${file:path}");
      }
      return text.map(Secret::new);
    }

    void refuse(String... names) {
      for (String name : names) {
        if (fields.containsKey(name)) {
          throw wrong("can't have " + name + " for this channel");
        }
      }
    }

    IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException(place + " " + what);
    }
  }
}
