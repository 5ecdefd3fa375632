// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CheckRehearsalTest {

  @Test
  void goesFromTheMessageToTheReportWithoutAnybodyElse() {
    assertThat(CheckRehearsal.run(3)).isTrue();
  }

  @Test
  void itsPeerIsASiteATableAndAQueue() throws Exception {
    try (RehearsalPeer peer = RehearsalPeer.open();
        Socket socket = new Socket("127.0.0.1", peer.address().getPort())) {
      assertThat(answer(socket, "GET / HTTP/1.1\r\n\r\n", 2)).isEqualTo("ok");
      assertThat(
              answer(socket, "POST / HTTP/1.1\r\nX: UpdateItem\r\nContent-Length: 2\r\n\r\n{}", 2))
          .isEqualTo("{}");
      assertThat(
              answer(
                  socket,
                  "POST / HTTP/1.1\r\nX: SendMessageBatch\r\nContent-Length: 0\r\n\r\n",
                  13))
          .isEqualTo("{\"Successful\"");
    }
  }

  /** The first bytes of the body. */
  private static String answer(Socket socket, String request, int length) throws Exception {
    OutputStream out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
    int from = lower.indexOf("content-length:") + "content-length:".length();
    int whole = Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)).strip());
    return new String(in.readNBytes(whole), StandardCharsets.US_ASCII).substring(0, length);
  }
}
