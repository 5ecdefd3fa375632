// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.weir.monitor.blackbox.ProbeModule.Prober;
import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import dev.weir.monitor.check.text.Fields;
import dev.weir.monitor.check.text.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a modules file, strictly: a key that blackbox_exporter does not know is an error, one that
 * it knows and Weir can't follow makes the module an unsupported one.
 */
final class ModulesReader {

  static final int MODULES_MAX = 1_000;
  static final int TEXT_LENGTH_MAX = 64 << 10;
  private static final int RULES_MAX = 1_000;

  private static final Map<String, Boolean> FAMILIES = Map.of("ip4", false, "ip6", true);

  private final Problems problems;
  private final Path folder;

  private ModulesReader(Problems problems, Path folder) {
    this.problems = problems;
    this.folder = folder;
  }

  /**
   * All modules by name.
   *
   * @param file as messages call it
   * @param folder where relative paths begin
   * @throws IllegalArgumentException with a line for each problem
   */
  static Map<String, ProbeModule> read(String file, String text, Path folder) {
    Problems problems = new Problems(file);
    Map<String, ProbeModule> modules = new ModulesReader(problems, folder).modules(text);
    if (!problems.all().isEmpty()) {
      throw new IllegalArgumentException(
          String.join("\n", problems.all().stream().map(Object::toString).toList()));
    }
    return modules;
  }

  private Map<String, ProbeModule> modules(String text) {
    Map<String, ProbeModule> all = new LinkedHashMap<>();
    Fields root = Fields.ofYaml(text, problems).orElse(null);
    if (root == null) {
      return all;
    }
    Fields modules = root.fieldsOrNone("modules");
    root.refuseOthers();
    if (modules.names().size() > MODULES_MAX) {
      root.refuse(
          "modules", "%d modules, at most %d".formatted(modules.names().size(), MODULES_MAX));
      return all;
    }
    for (String name : modules.names()) {
      problems.about(name);
      modules.fields(name).ifPresent(fields -> all.put(name, module(name, fields)));
    }
    return all;
  }

  private ProbeModule module(String name, Fields module) {
    Optional<Duration> timeout =
        module.duration("timeout", Duration.ZERO, Duration.ofDays(1)).filter(Duration::isPositive);
    String prober = module.read("prober", text -> text).orElse("");
    ModuleNotes notes = new ModuleNotes();
    Prober read =
        switch (prober) {
          case "http" -> new HttpModules(this, notes).read(module.fieldsOrNone("http"));
          case "tcp" -> new SocketModules(this, notes).tcp(module.fieldsOrNone("tcp"));
          case "dns" -> new SocketModules(this, notes).dns(module.fieldsOrNone("dns"));
          default -> new Prober.Unsupported("prober '%s' can't be done by Weir".formatted(prober));
        };
    for (String other : new String[] {"http", "tcp", "dns", "icmp", "grpc", "unix", "websocket"}) {
      module.has(other); // Known: the blocks of other probers are there in many a file.
    }
    module.refuseOthers();
    return new ProbeModule(
        name, timeout, notes.reason().<Prober>map(Prober.Unsupported::new).orElse(read));
  }

  AddressFamily family(Fields fields) {
    boolean six = fields.choice("preferred_ip_protocol", FAMILIES).orElse(true);
    boolean falls = fields.flag("ip_protocol_fallback").orElse(true);
    if (falls) {
      return six ? AddressFamily.PREFER_IPV6 : AddressFamily.PREFER_IPV4;
    }
    return six ? AddressFamily.ONLY_IPV6 : AddressFamily.ONLY_IPV4;
  }

  TlsSettings tls(Fields parent, ModuleNotes notes) {
    Fields tls = parent.fieldsOrNone("tls_config");
    Optional<Secret> certificate = textOrFile(tls, "cert", "cert_file");
    Optional<Secret> key = textOrFile(tls, "key", "key_file");
    if (certificate.isPresent() != key.isPresent()) {
      tls.refuse(
          key.isPresent() ? "key_file" : "cert_file", "stands alone: cert and key go together");
      key = Optional.empty();
      certificate = Optional.empty();
    }
    TlsSettings.Version minimum =
        tls.choice(
                "min_version",
                Map.of(
                    "TLS10", TlsSettings.Version.TLS_1_2,
                    "TLS11", TlsSettings.Version.TLS_1_2,
                    "TLS12", TlsSettings.Version.TLS_1_2,
                    "TLS13", TlsSettings.Version.TLS_1_3))
            .orElse(TlsSettings.Version.TLS_1_2);
    String maximum = tls.read("max_version", text -> text).orElse("TLS13");
    if (!maximum.equals("TLS13")) {
      notes.unsupported("tls_config.max_version " + maximum);
    }
    TlsSettings settings =
        new TlsSettings(
            tls.read("server_name", text -> text).filter(text -> !text.isEmpty()),
            textOrFile(tls, "ca", "ca_file"),
            certificate,
            key,
            minimum,
            !tls.flag("insecure_skip_verify").orElse(false));
    tls.refuseOthers();
    return settings;
  }

  /** A text that stands there, or in a file. */
  Optional<Secret> textOrFile(Fields fields, String name, String fileName) {
    Optional<Secret> text = literal(fields, name);
    Optional<Secret> file = fields.read(fileName, this::file);
    if (text.isPresent() && file.isPresent()) {
      fields.refuse(fileName, "stands beside " + name + ": one of the two");
    }
    return text.or(() -> file);
  }

  Secret file(String path) {
    return new Secret("${file:" + folder.resolve(path).toAbsolutePath() + "}");
  }

  static Optional<Secret> literal(Fields fields, String name) {
    return fields.read(name, text -> Secret.literal(limited(text)));
  }

  /** A list of texts; an empty one is as good as none. */
  static <T> List<T> texts(Fields fields, String name, Function<String, T> reader) {
    return fields.isEmptyList(name) ? List.of() : fields.texts(name, RULES_MAX, reader);
  }

  /** A list of mappings; an empty one is as good as none. */
  static void each(Fields fields, String name, Consumer<Fields> reader) {
    if (!fields.isEmptyList(name)) {
      fields.mappings(
          name,
          RULES_MAX,
          each -> {
            reader.accept(each);
            return Optional.of(true);
          });
    }
  }

  static String limited(String text) {
    if (text.length() > TEXT_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "has %,d characters, at most %,d".formatted(text.length(), TEXT_LENGTH_MAX));
    }
    return text;
  }

  /** An RE2 expression, unchanged. */
  static String expression(String text) {
    try {
      Pattern.compile(limited(text));
      return text;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is no RE2 expression: " + e.getDescription(), e);
    }
  }

  /** As long as a module may take. */
  static Timeouts timeouts(Duration total) {
    return Timeouts.of(total.compareTo(Timeouts.TOTAL_MAX) > 0 ? Timeouts.TOTAL_MAX : total);
  }
}
