// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Dimension;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Targets of the price of a fleet of node exporters, on a scrape made up of their commonest
 * metrics; the real scrape is measured by {@code benchmarks/run packing}.
 */
class FleetCostTest {

  private static final int TARGETS = 40;
  private static final int REQUEST_SAMPLES = 2_000;
  private static final String[] NAMES =
      ("load1 load5 load15 boot_time_seconds context_switches_total forks_total intr_total"
              + " procs_running procs_blocked memory_MemTotal_bytes memory_MemFree_bytes"
              + " memory_MemAvailable_bytes memory_Buffers_bytes memory_Cached_bytes"
              + " memory_Active_anon_bytes memory_Inactive_file_bytes memory_SwapTotal_bytes"
              + " memory_Dirty_bytes memory_AnonHugePages_bytes memory_Committed_AS_bytes"
              + " memory_VmallocTotal_bytes memory_HugePages_Total netstat_Tcp_ActiveOpens"
              + " netstat_Tcp_RetransSegs netstat_Udp_InDatagrams netstat_Icmp_InMsgs"
              + " netstat_IpExt_InOctets netstat_TcpExt_ListenDrops sockstat_TCP_alloc"
              + " sockstat_UDP_mem_bytes vmstat_pgfault vmstat_pgmajfault vmstat_pswpin"
              + " timex_offset_seconds timex_sync_status entropy_available_bits filefd_allocated")
          .split(" ");
  private static final String[] OF_DEVICES =
      ("network_receive_bytes_total network_receive_packets_total network_receive_drop_total"
              + " network_receive_errs_total network_transmit_bytes_total"
              + " network_transmit_packets_total network_transmit_drop_total"
              + " network_transmit_queue_length network_carrier_changes_total network_mtu_bytes"
              + " network_speed_bytes network_up")
          .split(" ");
  private static final String[] OF_DISKS =
      ("disk_reads_completed_total disk_read_bytes_total disk_read_time_seconds_total"
              + " disk_writes_completed_total disk_written_bytes_total disk_io_now"
              + " disk_io_time_seconds_total disk_io_time_weighted_seconds_total")
          .split(" ");
  private static final String[] OF_FILE_SYSTEMS =
      "filesystem_avail_bytes filesystem_free_bytes filesystem_size_bytes filesystem_files"
          .split(" ");
  private static final String[] COLLECTORS =
      ("arp bcache bonding btrfs conntrack cpu cpufreq diskstats dmi edac entropy filefd filesystem"
              + " hwmon infiniband ipvs loadavg mdadm meminfo netclass netdev netstat nfs nvme os"
              + " powersupply pressure rapl schedstat sockstat softnet stat tapestats textfile"
              + " thermal_zone time timex udp_queues uname vmstat xfs zfs")
          .split(" ");
  private static final String[] MODES = "idle iowait irq nice softirq steal system user".split(" ");

  private static List<Series> scrape(List<Dimension> target) {
    List<Series> scrape = new ArrayList<>();
    for (int cpu = 0; cpu < 4; cpu++) {
      for (String mode : MODES) {
        scrape.add(series(target, "cpu_seconds_total", "cpu", "" + cpu, "mode", mode));
      }
    }
    for (String name : OF_DISKS) {
      scrape.add(series(target, name, "device", "nvme0n1"));
      scrape.add(series(target, name, "device", "nvme1n1"));
    }
    for (String name : OF_FILE_SYSTEMS) {
      scrape.add(
          series(target, name, "device", "/dev/nvme0n1p1", "fstype", "ext4", "mountpoint", "/"));
      scrape.add(series(target, name, "device", "tmpfs", "fstype", "tmpfs", "mountpoint", "/run"));
    }
    for (String name : NAMES) {
      scrape.add(series(target, name));
    }
    for (String name : OF_DEVICES) {
      scrape.add(series(target, name, "device", "lo"));
      scrape.add(series(target, name, "device", "eth0"));
    }
    for (String collector : COLLECTORS) {
      scrape.add(series(target, "scrape_collector_duration_seconds", "collector", collector));
    }
    for (String collector : COLLECTORS) {
      scrape.add(series(target, "scrape_collector_success", "collector", collector));
    }
    return scrape;
  }

  private static Series series(List<Dimension> target, String name, String... labels) {
    List<Dimension> dimensions = new ArrayList<>(target);
    for (int i = 0; i < labels.length; i += 2) {
      dimensions.add(new Dimension(labels[i], labels[i + 1]));
    }
    return Series.of("node_" + name, dimensions);
  }

  /** Percent of what the same samples cost unpacked. */
  private static double percent(List<Dimension> external) {
    long packed = 0;
    long unpacked = 0;
    PointBatch.Builder request = new PointBatch.Builder(REQUEST_SAMPLES);
    for (int target = 0; target < TARGETS; target++) {
      List<Dimension> labels = new ArrayList<>(external);
      labels.add(new Dimension("instance", "10.20.0.%d:9100".formatted(10 + target)));
      labels.add(new Dimension("job", "node"));
      long time = (1_700_000_000_000L + target * 151L) * 1_000_000;
      for (Series series : scrape(labels)) {
        request.addDouble(series, time, target + 0.5);
        if (request.size() == REQUEST_SAMPLES) {
          PointBatch batch = request.build();
          for (PackedCall call : CallPacker.pack(CallPackerTest.TABLE, batch).calls()) {
            packed += call.billedKib();
          }
          unpacked += Metering.kibUnpacked(batch);
          request = new PointBatch.Builder(REQUEST_SAMPLES);
        }
      }
    }
    assertThat(unpacked).isPositive();
    return 100.0 * packed / unpacked;
  }

  @Test
  void costsAtMost65PercentWithInstanceAndJobAlone() {
    assertThat(percent(List.of())).isBetween(1.0, 65.0);
  }

  @Test
  void costsAtMost35PercentWithThreeExternalLabels() {
    assertThat(
            percent(
                List.of(
                    new Dimension("cluster", "payments-eu-1"),
                    new Dimension("environment", "production"),
                    new Dimension("region", "eu-central-1"))))
        .isBetween(1.0, 35.0);
  }
}
