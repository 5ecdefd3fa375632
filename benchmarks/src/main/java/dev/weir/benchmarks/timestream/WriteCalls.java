// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import dev.weir.benchmarks.timestream.StubOptions.Behaviour;
import dev.weir.benchmarks.timestream.StubOptions.Check;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Answers WriteRecords. Thread-safe. */
final class WriteCalls {

  /** Of this many calls one is looked at closely, under {@link Check#SAMPLE}. */
  private static final int SAMPLED = 64;

  private final Figures figures;
  private final AtomicLong numbers = new AtomicLong();

  WriteCalls(Figures figures) {
    this.figures = figures;
  }

  Reply answer(byte[] body, int length, Behaviour behaviour) {
    boolean closely =
        switch (behaviour.check()) {
          case COUNT -> false;
          case SAMPLE -> numbers.getAndIncrement() % SAMPLED == 0;
          case ALL -> true;
        };
    int records = closely ? checked(body, length) : RecordCounter.count(body, length);
    figures.writeCalls.increment();
    figures.records.add(records);
    figures.writeBytes.add(length);
    String ingested =
        "{\"RecordsIngested\":{\"MagneticStore\":0,\"MemoryStore\":"
            + records
            + ",\"Total\":"
            + records
            + "}}";
    Reply reply = Reply.json(ingested);
    return new Reply(reply.status(), reply.body(), behaviour.writeDelay());
  }

  private int checked(byte[] body, int length) {
    WrittenCall call = WrittenCall.read(Arrays.copyOf(body, length));
    WireRules.check(call);
    int records = call.records().size();
    if (records != RecordCounter.count(body, length)) {
      throw new IllegalStateException("the record counter of the stub is wrong");
    }
    figures.checkedCalls.increment();
    figures.checkedRecords.add(records);
    figures.billedKib.add(Metering.billedKib(call));
    figures.plainKib.add(Metering.plainKib(call));
    return records;
  }
}
