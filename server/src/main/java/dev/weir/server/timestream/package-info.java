// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The Timestream wire API: AWS JSON 1.0 on {@code POST /}, write and query on one port.
 *
 * <p>Transport only. {@link dev.weir.server.timestream.TimestreamDoor} finds out what is asked and
 * who asks, and hands over to the operations; these talk to the ports of a store and know no
 * engine. What goes wrong becomes an error of the protocol in one place, {@code wire.Faults}.
 */
@NullMarked
package dev.weir.server.timestream;

import org.jspecify.annotations.NullMarked;
