// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.demo;

import dev.weir.monitor.probe.ErrorClass;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** What a demonstration site does at a moment. The same moment always gives the same. */
@FunctionalInterface
interface Behaviour {

  /** How it answers at that moment. */
  Answer at(Instant moment);

  /**
   * An answer.
   *
   * @param delayMillis before it
   * @param fault what is wrong with it; {@code NONE} for nothing
   */
  record Answer(long delayMillis, ErrorClass fault) {

    boolean well() {
      return fault == ErrorClass.NONE;
    }
  }

  /** Well, after about so long; a little slower by day than by night, and now and then much. */
  static Behaviour steady(long millis) {
    return moment -> {
      double day = moment.getEpochSecond() % 86_400 / 86_400.0;
      double load = 1 + 0.25 * Math.sin((day - 0.3) * 2 * Math.PI);
      SplittableRandom random = randomOf(moment);
      double noise = 0.85 + 0.3 * random.nextDouble();
      double spike = random.nextInt(60) == 0 ? 3 : 1;
      return new Answer(Math.round(millis * load * noise * spike), ErrorClass.NONE);
    };
  }

  /** Always wrong in this way. */
  static Behaviour broken(ErrorClass fault) {
    return _ -> new Answer(0, fault);
  }

  /** As another, but wrong in this way for the last part of each period. */
  static Behaviour flapping(Behaviour well, Duration period, Duration failing, ErrorClass fault) {
    return moment -> {
      long into = Math.floorMod(moment.getEpochSecond(), period.toSeconds());
      return into < period.minus(failing).toSeconds() ? well.at(moment) : new Answer(5, fault);
    };
  }

  /** A run of a site begins every few seconds; what falls into the same ones is alike. */
  private static SplittableRandom randomOf(Instant moment) {
    return new SplittableRandom(moment.getEpochSecond() / 5 * 0x9e3779b97f4a7c15L);
  }
}
