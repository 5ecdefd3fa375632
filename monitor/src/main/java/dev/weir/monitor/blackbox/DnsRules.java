// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import com.google.re2j.Pattern;
import dev.weir.monitor.blackbox.ProbeModule.Prober;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a module asks of all answers together; what it asks of some is an expectation. */
final class DnsRules {

  private DnsRules() {}

  /** Why they are not as the module wants them, or null. */
  static @Nullable String failure(Prober.Dns module, List<String> answers) {
    List<Pattern> wanted = patterns(module.notMatch());
    if (!wanted.isEmpty() && answers.isEmpty()) {
      return "there are no answers that could match";
    }
    for (String answer : answers) {
      for (Pattern each : wanted) {
        if (!each.matcher(answer).find()) {
          return "the answer '%s' does not match '%s'".formatted(answer, each.pattern());
        }
      }
    }
    return null;
  }

  private static List<Pattern> patterns(List<String> expressions) {
    return expressions.stream().map(Pattern::compile).toList();
  }
}
