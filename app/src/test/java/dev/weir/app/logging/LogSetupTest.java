// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.settings.ServeFlags.LogFormat;
import dev.weir.app.settings.ServeFlags.LogLevel;
import dev.weir.app.settings.ServeSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogSetupTest {

  private final Logger ours = LoggerFactory.getLogger("dev.weir.Gate");
  private final Logger jettys = LoggerFactory.getLogger("org.eclipse.jetty.server.Server");

  @AfterEach
  void restore() {
    apply(true, LogLevel.INFO);
  }

  @Test
  void logsFromTheLevelOn() {
    apply(true, LogLevel.WARN);
    assertThat(ours.isWarnEnabled()).isTrue();
    assertThat(ours.isInfoEnabled()).isFalse();
    apply(true, LogLevel.DEBUG);
    assertThat(ours.isDebugEnabled()).isTrue();
  }

  @Test
  void keepsJettyALevelQuieter() {
    apply(true, LogLevel.INFO);
    assertThat(ours.isInfoEnabled()).isTrue();
    assertThat(jettys.isInfoEnabled()).isFalse();
    apply(true, LogLevel.DEBUG);
    assertThat(jettys.isInfoEnabled()).isTrue();
    assertThat(jettys.isDebugEnabled()).isFalse();
  }

  /** Their debug lines have headers, bodies and what is signed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.hc.client5.http.wire",
        "org.apache.hc.client5.http.headers",
        "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner",
        "software.amazon.awssdk.request"
      })
  void neverLogsWhatIsSentToAmazon(String name) {
    Logger caller = LoggerFactory.getLogger(name);
    for (LogLevel level : LogLevel.values()) {
      apply(true, level);
      assertThat(caller.isInfoEnabled()).as("info at %s", level).isFalse();
      assertThat(caller.isWarnEnabled()).as("warn at %s", level).isEqualTo(ours.isWarnEnabled());
      assertThat(caller.isErrorEnabled()).as("error at %s", level).isTrue();
    }
    apply(false, LogLevel.DEBUG);
    assertThat(caller.isErrorEnabled()).isFalse();
  }

  @Test
  void canBeSilent() {
    apply(false, LogLevel.DEBUG);
    assertThat(ours.isErrorEnabled()).isFalse();
    assertThat(jettys.isErrorEnabled()).isFalse();
  }

  private static void apply(boolean enabled, LogLevel level) {
    LogSetup.apply(new ServeSettings.Log(enabled, level, LogFormat.LOGFMT));
  }
}
