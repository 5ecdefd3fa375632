// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what becomes of the samples of one request. What is refused makes the answer a 400; what
 * is dropped is only counted, which 1.0 allows. Not thread-safe.
 */
final class Tally {

  private static final int EXAMPLES_MAX = 3;
  private static final int TEXT_CHARACTERS_MAX = 900;

  private final boolean droppingAllowed;
  private final Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
  private final Map<Reason, Integer> dropped = new EnumMap<>(Reason.class);
  private final List<String> examples = new ArrayList<>(EXAMPLES_MAX);
  private int refusedSamples;
  private int refusedEmptySeries;
  private int droppedSamples;
  private int repeatedInRequest;

  Tally(boolean droppingAllowed) {
    this.droppingAllowed = droppingAllowed;
  }

  /** A series, or some of its samples, will not be stored. */
  void refuse(Refusal refusal, int samples) {
    if (refusal.droppable() && droppingAllowed) {
      dropped.merge(refusal.reason(), samples, Integer::sum);
      droppedSamples += samples;
    } else {
      refuse(refusal.reason(), samples, refusal.message());
    }
  }

  /** Samples are refused for good. */
  void refuse(Reason reason, int samples, String message) {
    refused.merge(reason, samples, Integer::sum);
    refusedSamples += samples;
    refusedEmptySeries += samples == 0 ? 1 : 0;
    if (examples.size() < EXAMPLES_MAX) {
      examples.add(message);
    }
  }

  /** Whether another example of a refusal would be kept; its text costs something to make. */
  boolean wantsExample() {
    return examples.size() < EXAMPLES_MAX;
  }

  /** A sample was there already in the same request, with the same value. */
  void repeat() {
    repeatedInRequest++;
  }

  boolean refusedSomething() {
    return !refused.isEmpty();
  }

  int refusedSamples() {
    return refusedSamples;
  }

  int droppedSamples() {
    return droppedSamples;
  }

  int repeatedInRequest() {
    return repeatedInRequest;
  }

  Map<Reason, Integer> refused() {
    return refused;
  }

  Map<Reason, Integer> dropped() {
    return dropped;
  }

  /** What was refused and why, in one line. */
  String text(int stored, int received, long histograms, long exemplars) {
    StringBuilder text = new StringBuilder(200);
    text.append("stored ").append(stored).append(" of ").append(received).append(" samples");
    if (refusedSamples > 0) {
      text.append("; refused ").append(refusedSamples);
    }
    if (refusedEmptySeries > 0) {
      text.append("; refused ").append(refusedEmptySeries).append(" series without samples");
    }
    String separator = ": ";
    for (Map.Entry<Reason, Integer> entry : refused.entrySet()) {
      text.append(separator).append(entry.getValue()).append(' ').append(entry.getKey().text());
      separator = ", ";
    }
    if (histograms + exemplars > 0) {
      text.append("; not stored by Weir: ").append(histograms).append(" native histograms, ");
      text.append(exemplars).append(" exemplars");
    }
    separator = "; first: ";
    for (String example : examples) {
      text.append(separator).append(example);
      separator = "; ";
    }
    return printable(text);
  }

  private static String printable(StringBuilder text) {
    if (text.length() > TEXT_CHARACTERS_MAX) {
      text.setLength(TEXT_CHARACTERS_MAX);
      text.append('…');
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i)) || Character.isSurrogate(text.charAt(i))) {
        text.setCharAt(i, '?');
      }
    }
    return text.toString();
  }
}
