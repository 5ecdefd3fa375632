// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import dev.weir.server.timestream.query.QueryActions;
import java.time.Duration;

/**
 * How the door is set up.
 *
 * @param tls whether the port speaks TLS, since DescribeEndpoints names a scheme
 * @param queryHold how long a call waits for a query before it is answered without rows
 */
public record TimestreamOptions(boolean tls, Duration queryHold) {

  /** With the usual time to wait. */
  public static TimestreamOptions of(boolean tls) {
    return new TimestreamOptions(tls, QueryActions.HOLD);
  }

  public TimestreamOptions withQueryHold(Duration hold) {
    return new TimestreamOptions(tls, hold);
  }
}
