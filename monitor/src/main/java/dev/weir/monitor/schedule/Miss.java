// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

/**
 * Why slots were missed. It says nothing of the site.
 *
 * @param slots how many in a row this stands for, up to the one that it is told with; 1 but for
 *     {@link Reason#PAUSE}
 */
public record Miss(Reason reason, long slots) {

  public Miss {
    if (slots < 1) {
      throw new IllegalArgumentException("a miss stands for at least one slot, not " + slots);
    }
  }

  /** Why a slot was missed. */
  public enum Reason {
    /** Runs of the slots before it were still going, as many as may go at once. */
    OVERLAP("the run before it was still going"),
    /** It waited until the next slot came: too many runs were going. */
    SATURATION("too many checks were running at once; raise --checks.concurrency or add a region"),
    /** Nothing ran then: the machine slept, its clock was set, or the process stood still. */
    PAUSE("Weir stood still, its machine slept or its clock was set"),
    /** It was brought when its time was over; only where somebody else keeps the schedule. */
    LATE("it was brought too late to be run for its time"),
    /** What it was brought with took all of the time that there was. */
    TIME("no time was left for it; fewer sites to an order, or a longer timeout of the function"),
    /** The run ended in a fault of ours. */
    FAULT("the check ended in a fault of Weir's own; its log says more");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /** For people, after "this slot was missed:". */
    public String sentence() {
      return sentence;
    }
  }
}
