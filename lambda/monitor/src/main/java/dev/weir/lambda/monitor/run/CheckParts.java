// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import dev.weir.lambda.monitor.queue.MessageQueue;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.SiteProber;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import io.opentelemetry.api.trace.Tracer;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.ObjLongConsumer;

/**
 * What sites are run and reported with.
 *
 * @param reachable whether any anchor answers; true where there is none
 * @param results where reports go
 * @param concurrency runs at a time
 * @param pause waits for a moment that is near
 * @param counts takes what is counted, under the names of metrics
 */
public record CheckParts(
    Prober prober,
    NetworkPolicy policy,
    BooleanSupplier reachable,
    MessageQueue results,
    CheckTables tables,
    RecordLayout layout,
    int concurrency,
    InstantSource clock,
    SiteProber.Pause pause,
    Tracer tracer,
    ObjLongConsumer<String> counts) {}
