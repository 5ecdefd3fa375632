// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.wire;

import java.time.Instant;

/**
 * One call on its way through the door.
 *
 * @param operation what is asked
 * @param caller who asks
 * @param endpoint the address under which the caller has reached Weir, as DescribeEndpoints tells
 *     it
 * @param now when it came
 * @param body as it came; not changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; copying a body would cost.
public record WireCall(
    Operation operation, Caller caller, String endpoint, Instant now, byte[] body) {

  /** The body as a tree. */
  public JsonObject input() {
    return JsonText.object(body);
  }
}
