// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import dev.weir.prometheus.RemoteBody;
import dev.weir.prometheus.wire.MalformedBodyException;

/** The buffers and decoders that one request works with at a time; reused. Not thread-safe. */
final class Workspace {

  /** Buffers longer than this are not kept for the next request. */
  private static final int KEPT_BYTES_MAX = 2 << 20;

  private static final int FIRST_BYTES = 512 << 10;

  private final Version1Decoder version1;
  private final Version2Decoder version2;
  private final DecodedWrite decoded = new DecodedWrite();
  private byte[] unpacked = new byte[FIRST_BYTES];

  Workspace(SeriesCache cache) {
    version1 = new Version1Decoder(cache);
    version2 = new Version2Decoder(cache);
  }

  /** Unpacks and decodes a body; the answer is good until {@link #clear}. */
  DecodedWrite decode(RemoteBody body, boolean isVersion2)
      throws MalformedBodyException, RemoteBody.Refused {
    int length = body.unpackedLength();
    if (unpacked.length < length) {
      unpacked = new byte[length];
    }
    body.unpack(unpacked);
    if (isVersion2) {
      version2.decode(unpacked, length, decoded);
    } else {
      version1.decode(unpacked, length, decoded);
    }
    return decoded;
  }

  void clear() {
    decoded.clear();
    if (unpacked.length > KEPT_BYTES_MAX) {
      unpacked = new byte[FIRST_BYTES];
    }
  }
}
