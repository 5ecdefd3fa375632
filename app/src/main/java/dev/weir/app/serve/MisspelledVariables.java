// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.settings.Flag;
import dev.weir.app.settings.Settings;
import java.util.Collection;
import java.util.Map;
import org.slf4j.Logger;

/** Tells of variables that look like a setting and are none. */
final class MisspelledVariables {

  private MisspelledVariables() {}

  static void warn(Collection<Flag<?>> known, Map<String, String> environment, Logger log) {
    Settings.misspelled(known, environment)
        .forEach((wrong, right) ->
            log.atWarn()
                .addKeyValue("variable", wrong)
                .addKeyValue("suggestion", right)
                .log("An environment variable is not a setting"));
  }
}
