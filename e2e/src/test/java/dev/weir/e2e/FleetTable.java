// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table such as Amazon's sample dashboards read: CPU by host and region, one value a minute, and
 * MULTI records beside the single ones.
 */
final class FleetTable {

  static final int MINUTES = 10;

  /** The minute of the first value, in milliseconds since the epoch. */
  final long startMillis = System.currentTimeMillis() / 60_000 * 60_000 - MINUTES * 60_000L;

  /** The minute after the last value. */
  final long endMillis = startMillis + MINUTES * 60_000L;

  private final WireApi api;

  private FleetTable(WireApi api) {
    this.api = api;
  }

  /** Makes and fills {@code fleet.hosts}. */
  static FleetTable write(WireApi api) {
    FleetTable table = new FleetTable(api);
    api.createTable("fleet", "hosts");
    for (String host : new String[] {"host-1", "host-2"}) {
      for (int minute = 0; minute < MINUTES; minute++) {
        table.write(host, minute);
      }
    }
    return table;
  }

  /** host-1 has 10, 11, 12 and so on, host-2 20, 21, 22. */
  static double cpu(String host, int minute) {
    return Integer.parseInt(host.substring(5)) * 10 + minute;
  }

  private void write(String host, int minute) {
    String records =
        """
        {"DatabaseName":"fleet","TableName":"hosts",
        "CommonAttributes":{"Time":"%d","Dimensions":[{"Name":"host","Value":"%s"},
        {"Name":"region","Value":"us-east-1"},{"Name":"instance-type","Value":"m5"}]},
        "Records":[{"MeasureName":"cpu_user","MeasureValue":"%s","MeasureValueType":"DOUBLE"},
        {"MeasureName":"requests","MeasureValue":"%d","MeasureValueType":"BIGINT"},
        {"MeasureName":"disk","MeasureValueType":"MULTI","MeasureValues":[
        {"Name":"used","Value":"0.5","Type":"DOUBLE"},{"Name":"ok","Value":"true","Type":"BOOLEAN"},
        {"Name":"note","Value":"fine","Type":"VARCHAR"}]}]}
        """
            .formatted(startMillis + minute * 60_000L, host, cpu(host, minute), minute);
    assertThat(api.call("WriteRecords", records).path("RecordsIngested").path("Total").asInt())
        .isEqualTo(3);
  }
}
