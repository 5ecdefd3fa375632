// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.address.AddressText;
import dev.weir.monitor.notice.Channel.Delivery;
import dev.weir.monitor.probe.NetworkPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import javax.net.SocketFactory;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Posts JSON to receivers that customers name, so under their network policy: it is asked with the
 * address itself, at each connection. Redirects are not followed. Thread-safe.
 */
final class NoticeSender {

  /** From the first byte to the last. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private static final MediaType JSON = MediaType.get("application/json");

  /** Who posts, for the receiver's log. */
  private static final String USER_AGENT = "weir";

  private final OkHttpClient http;

  NoticeSender(NetworkPolicy policy) {
    this.http =
        new OkHttpClient.Builder()
            .callTimeout(CALL_TIMEOUT)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false) // The courier repeats, and counts.
            .proxy(Proxy.NO_PROXY) // The policy is asked about the receiver, not about a proxy.
            .socketFactory(new PolicedSockets(policy))
            .build();
  }

  /** One attempt; what is retryable comes back as {@code Later}. */
  Delivery post(String url, Map<String, String> headers, String body) {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", USER_AGENT)
            .post(RequestBody.create(body.getBytes(UTF_8), JSON));
    headers.forEach(request::header);
    try (Response response = http.newCall(request.build()).execute()) {
      int status = response.code();
      if (response.isSuccessful()) {
        return new Delivery.Delivered();
      }
      String why = "the receiver answered " + status;
      return status >= 500 || status == 408 || status == 425 || status == 429
          ? new Delivery.Later(why)
          : new Delivery.Never(why);
    } catch (BlockedException e) {
      return new Delivery.Never(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      // Its text may name addresses inside of the network; the kind of failure is enough.
      return new Delivery.Later(
          "the receiver can't be reached (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** The network policy of the customer does not allow the receiver's address. */
  private static final class BlockedException extends IOException {
    BlockedException(InetAddress address) {
      super("the network policy does not allow the receiver's address " + AddressText.of(address));
    }
  }

  private static final class PolicedSockets extends SocketFactory {

    private final NetworkPolicy policy;

    PolicedSockets(NetworkPolicy policy) {
      this.policy = policy;
    }

    @Override
    public Socket createSocket() {
      return new Socket(Proxy.NO_PROXY) {
        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
          InetAddress address = ((InetSocketAddress) endpoint).getAddress();
          if (!policy.allows(address)) {
            throw new BlockedException(address);
          }
          super.connect(endpoint, timeoutMillis);
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return createSocket(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
      Socket socket = createSocket();
      socket.connect(new InetSocketAddress(address, port));
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
        throws IOException {
      return createSocket(address, port);
    }
  }
}
