// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {

  private final Variables variables =
      new Variables(
          Map.of(
              "empty",
              "",
              "number",
              "7",
              "word",
              "Rules",
              "url",
              "http://u:secret@h",
              "flag",
              "T"));

  @Test
  void anEmptyVariableCountsAsUnset() {
    assertThat(variables.value("empty")).isEmpty();
    assertThat(variables.number("empty", 3, 10)).isEqualTo(3);
    assertThat(variables.truth("flag", false)).isTrue();
    assertThat(variables.oneOf("word", "scheduler", "rules")).isEqualTo("rules");
    assertThat(new Variables(Map.of("url", "https://h:1/")).url("url"))
        .contains(URI.create("https://h:1/"));
  }

  @Test
  void aComplaintNamesTheVariableTheValueAndTheLimit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> variables.number("number", 1, 6))
        .withMessage("the environment variable number is \"7\", not a whole number from 1 to 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> variables.required("empty"))
        .withMessage("the environment variable empty is missing; it is needed");
  }

  @Test
  void aUrlThatIsRefusedIsNotShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> variables.url("url"))
        .withMessage("the environment variable url is no URL such as https://ingest.example");
  }
}
