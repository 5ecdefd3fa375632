// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.app.settings.Arguments.BooleanStyle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private static final List<Flag<?>> FLAGS =
      List.of(ServeFlags.FAIL_ON_LONG_LABEL, ServeFlags.ENABLE_LOGGING, ServeFlags.LOG_LEVEL);

  @Test
  void aBooleanTakesTheNextWordWhereVerbsHaveNoOperands() {
    assertThat(flags("--fail-on-long-label", "true", "--enable-logging", "F"))
        .isEqualTo(Map.of("fail-on-long-label", "true", "enable-logging", "F"));
  }

  @Test
  void aBooleanBeforeAnotherFlagOrAtTheEndIsTrue() {
    assertThat(flags("--fail-on-long-label", "--log.level", "warn", "--enable-logging"))
        .isEqualTo(
            Map.of("fail-on-long-label", "true", "log.level", "warn", "enable-logging", "true"));
    assertThat(flags("--fail-on-long-label", "-h")).isEqualTo(Map.of("fail-on-long-label", "true"));
  }

  @Test
  void elsewhereTheNextWordIsAnOperand() {
    Arguments split = Arguments.split(List.of("--fail-on-long-label", "true"), FLAGS);
    assertThat(split.flags()).isEqualTo(Map.of("fail-on-long-label", "true"));
    assertThat(split.operands()).containsExactly("true");
  }

  @Test
  void aFlagIsGivenOnce() {
    assertThatThrownBy(() -> flags("--enable-logging", "true", "--enable-logging=false"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--enable-logging is given twice");
  }

  @Test
  void theTextsOfAFlagThatRepeatsAreJoined() {
    Arguments split =
        Arguments.split(
            List.of("--header", "A: b, c", "--allow=any", "--header=D: e", "--allow", "::1"),
            CheckFlags.ALL);
    assertThat(split.flags()).isEqualTo(Map.of("header", "A: b, c\nD: e", "allow", "any,::1"));
  }

  private static Map<String, String> flags(String... words) {
    return Arguments.split(List.of(words), FLAGS, BooleanStyle.TAKES_WORD).flags();
  }
}
