// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import dev.weir.lambda.monitor.order.CheckOrder;
import dev.weir.monitor.schedule.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An order that an invocation does.
 *
 * @param message the id of the message that brought it; empty for an order that came by itself
 * @param claim what it is claimed by; empty for an order that is not claimed
 * @param holder of the claim
 * @param done parts that have been done before
 * @param whole whether all of its sites could be read
 */
record Work(
    String message,
    String claim,
    String holder,
    CheckOrder order,
    Set<String> done,
    boolean whole) {

  List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < order.entries().size(); i++) {
      String part = Integer.toString(i);
      if (!done.contains(part)) {
        CheckOrder.Entry entry = order.entries().get(i);
        tasks.add(
            new Task(
                this,
                part,
                new Slot(entry.site(), order.region(), order.moment(entry)),
                entry.at().isPresent()));
      }
    }
    return tasks;
  }
}
