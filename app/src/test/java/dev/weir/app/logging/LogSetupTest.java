// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.settings.ServeFlags.LogFormat;
import dev.weir.app.settings.ServeFlags.LogLevel;
import dev.weir.app.settings.ServeSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
