// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.blackbox.ProbeModule.Prober;
import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.Tcp.Step;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Expectations.AnswerRule;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import dev.weir.monitor.check.text.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the blocks {@code tcp} and {@code dns} of a module. */
final class SocketModules {

  private final ModulesReader reader;
  private final ModuleNotes notes;

  SocketModules(ModulesReader reader, ModuleNotes notes) {
    this.reader = reader;
    this.notes = notes;
  }

  Prober.Tcp tcp(Fields tcp) {
    boolean encrypted = tcp.flag("tls").orElse(false);
    TlsSettings settings = reader.tls(tcp, notes);
    notes.unsupported(tcp, "source_ip_address");
    List<Step> steps = new ArrayList<>();
    Map<String, String> labels = new LinkedHashMap<>();
    ModulesReader.each(
        tcp,
        "query_response",
        turn -> {
          turn(turn, steps, labels);
        });
    if (steps.size() > Check.Tcp.STEPS_MAX) {
      notes.unsupported("a query_response of more than %d steps".formatted(Check.Tcp.STEPS_MAX));
      steps.clear();
    }
    if (encrypted && steps.contains(new Step.StartTls())) {
      tcp.refuse("tls", "stands beside starttls: the connection is encrypted already");
    }
    Prober.Tcp read =
        new Prober.Tcp(
            steps,
            encrypted || steps.contains(new Step.StartTls())
                ? Optional.of(settings)
                : Optional.empty(),
            reader.family(tcp),
            labels);
    tcp.refuseOthers();
    return read;
  }

  private void turn(Fields turn, List<Step> steps, Map<String, String> labels) {
    notes.unsupported(turn, "expect_bytes");
    turn.read("expect", ModulesReader::expression)
        .filter(expression -> !expression.isEmpty())
        .ifPresent(expression -> {
          if (!labels.isEmpty()) {
            notes.unsupported("labels of an expect that is not the last");
          }
          steps.add(new Step.Expect(expression));
        });
    ModulesReader.each(
        turn,
        "labels",
        label -> {
          label.require("name", "the label's name");
          String name = label.read("name", SocketModules::labelName).orElse("");
          labels.put(name, label.read("value", text -> text).orElse(""));
          label.refuseOthers();
        });
    turn.read("send", ModulesReader::limited)
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> steps.add(new Step.Send(Secret.literal(text + "\n"))));
    if (turn.flag("starttls").orElse(false)) {
      steps.add(new Step.StartTls());
    }
    turn.refuseOthers();
  }

  private static String labelName(String text) {
    if (!text.matches("[a-zA-Z_][a-zA-Z0-9_]*") || text.startsWith("__")) {
      throw new IllegalArgumentException("a label's name is letters, digits and _");
    }
    return text;
  }

  Prober.Dns dns(Fields dns) {
    dns.require("query_name", "the name that is asked for");
    String name = dns.read("query_name", ModulesReader::limited).orElse("");
    String type = dns.read("query_type", text -> text.toUpperCase(Locale.ROOT)).orElse("ANY");
    String queryClass = dns.read("query_class", text -> text).orElse("IN");
    if (!queryClass.equals("IN")) {
      notes.unsupported("query_class " + queryClass);
    }
    if (!dns.flag("recursion_desired").orElse(true)) {
      notes.unsupported("recursion_desired: false");
    }
    boolean tcp = dns.choice("transport_protocol", Map.of("udp", false, "tcp", true)).orElse(false);
    notes.unsupportedWhereSet(dns, "dns_over_tls");
    notes.unsupported(dns, "source_ip_address");
    reader.tls(dns, notes);
    List<String> codes =
        ModulesReader.texts(dns, "valid_rcodes", text -> text.toUpperCase(Locale.ROOT));
    if (codes.size() > Expectations.RULES_MAX) {
      notes.unsupported("more than %d valid_rcodes".formatted(Expectations.RULES_MAX));
      codes = List.of();
    }
    Fields rules = dns.fieldsOrNone("validate_answer_rrs");
    // There it fails where not all match, against its name: better refused than guessed.
    notes.unsupported(rules, "fail_if_all_match_regexp");
    List<String> notMatch = expressions(rules, "fail_if_not_matches_regexp");
    List<AnswerRule> answers = answers(rules);
    noRules(dns, "validate_authority_rrs");
    noRules(dns, "validate_additional_rrs");
    Expectations expectations =
        new Expectations(
            Expectations.DEFAULT.statuses(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            codes.isEmpty() ? Expectations.DEFAULT.responseCodes() : codes,
            answers);
    Prober.Dns read = new Prober.Dns(name, type, tcp, reader.family(dns), expectations, notMatch);
    dns.refuseOthers();
    return read;
  }

  private List<AnswerRule> answers(Fields rules) {
    List<AnswerRule> all = new ArrayList<>();
    expressions(rules, "fail_if_matches_regexp")
        .forEach(each -> all.add(new AnswerRule(each, false)));
    List<String> oneOf = expressions(rules, "fail_if_none_matches_regexp");
    if (!oneOf.isEmpty()) {
      // It fails where no record matches any of them.
      all.add(new AnswerRule("(?:" + String.join(")|(?:", oneOf) + ")", true));
    }
    rules.refuseOthers();
    if (all.size() > Expectations.RULES_MAX) {
      notes.unsupported("more than %d answer rules".formatted(Expectations.RULES_MAX));
      return List.of();
    }
    return all;
  }

  private void noRules(Fields dns, String name) {
    dns.fields(name)
        .ifPresent(rules -> {
          for (String each :
              List.of(
                  "fail_if_matches_regexp",
                  "fail_if_all_match_regexp",
                  "fail_if_not_matches_regexp",
                  "fail_if_none_matches_regexp")) {
            if (!expressions(rules, each).isEmpty()) {
              notes.unsupported(name + "." + each);
            }
          }
          rules.refuseOthers();
        });
  }

  private static List<String> expressions(Fields rules, String name) {
    return ModulesReader.texts(rules, name, ModulesReader::expression);
  }
}
