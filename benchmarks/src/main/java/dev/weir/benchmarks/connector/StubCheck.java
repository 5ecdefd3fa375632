// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import dev.weir.benchmarks.connector.StubProcess.Counted;
import java.io.IOException;

/** Makes sure that the stub can say no, and meters right, before its silence is taken as praise. */
final class StubCheck {

  private static final String RECORD =
      """
      {"Dimensions":[{"Name":"host","Value":"a-1"}],"MeasureName":"up","MeasureValue":"1.5",\
      "Time":"1767225600000"}\
      """;

  private StubCheck() {}

  /** Leaves the figures of the stub as after a reset. The stub must check every call. */
  static void run(StubProcess stub, Findings findings) throws IOException, InterruptedException {
    String hundred = (RECORD + ",").repeat(99) + RECORD;
    takes(stub, findings, 200, "a hundred records", call("{}", hundred));
    takes(
        stub,
        findings,
        200,
        "what is in common",
        call(
            "{\"Time\":\"1\",\"MeasureName\":\"up\",\"MeasureValueType\":\"BIGINT\"}",
            "{\"MeasureValue\":\"1\"},{\"MeasureValue\":\"2\",\"Version\":2}"));
    Counted counted = stub.take();
    findings.equal("records of the stub's check", 102, counted.number("records"));
    // 100 of 8 bytes of time, 7 of the dimension, 2 of the name, 8 of the value: 2,500, so 3 KiB;
    // the second call has 26 bytes.
    findings.equal("KiB of the stub's check", 4, counted.number("billed_kib"));

    takes(stub, findings, 400, "101 records", call("{}", hundred + "," + RECORD));
    takes(stub, findings, 400, "no records", call("{}", ""));
    takes(stub, findings, 400, "no JSON", call("{}", RECORD + "}"));
    takes(stub, findings, 400, "no time", call("{}", RECORD.replace("\"Time\"", "\"TimeUnit\"")));
    takes(stub, findings, 400, "no measure name", call("{}", RECORD.replace("\"up\"", "\"\"")));
    takes(stub, findings, 400, "NaN", call("{}", RECORD.replace("1.5", "NaN")));
    takes(stub, findings, 400, "an empty dimension", call("{}", RECORD.replace("a-1", "")));
    takes(stub, findings, 400, "2 KB", call("{}", RECORD.replace("a-1", "a".repeat(2_048))));
    takes(
        stub,
        findings,
        400,
        "a dimension twice",
        call("{\"Dimensions\":[{\"Name\":\"host\",\"Value\":\"b\"}]}", RECORD));
    findings.equal("faults of the stub's check", 9, stub.take().number("faults"));
  }

  private static String call(String common, String records) {
    return "{\"DatabaseName\":\"metrics\",\"TableName\":\"prometheus\",\"CommonAttributes\":"
        + common
        + ",\"Records\":["
        + records
        + "]}";
  }

  private static void takes(
      StubProcess stub, Findings findings, int status, String what, String json)
      throws IOException, InterruptedException {
    findings.equal("the stub, asked to take " + what, status, stub.write(json));
  }
}
