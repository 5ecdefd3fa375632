// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import java.time.Duration;

/** Waits; handed in, so that tests don't. */
@FunctionalInterface
public interface Pause {

  void await(Duration length) throws InterruptedException;
}
