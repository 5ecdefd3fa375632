// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

class ProxiesTest {

  @Test
  void goesByTheProxyForTls() {
    ProxyConfiguration proxy =
        Proxies.of(
            Map.of(
                "HTTPS_PROXY", "http://user:p%40ss@proxy.lan:3128", "HTTP_PROXY", "http://no.lan"));
    assertThat(proxy.scheme() + " " + proxy.host() + " " + proxy.port())
        .isEqualTo("http proxy.lan 3128");
    assertThat(proxy.username() + " " + proxy.password()).isEqualTo("user p@ss");
  }

  @Test
  void takesTheNameInLowerCaseAndAnAddressWithoutAScheme() {
    ProxyConfiguration proxy = Proxies.of(Map.of("https_proxy", "proxy.lan:3128"));
    assertThat(proxy.host() + " " + proxy.port()).isEqualTo("proxy.lan 3128");
  }

  @Test
  void reachesThisMachineAndWhatNoProxyNamesDirectly() {
    ProxyConfiguration proxy =
        Proxies.of(Map.of("HTTPS_PROXY", "proxy.lan:1", "NO_PROXY", "a.lan, .b.lan,*.c.lan"));
    for (String host :
        new String[] {"localhost", "127.0.0.1", "a.lan", "x.a.lan", "x.b.lan", "x.c.lan"}) {
      assertThat(proxy.nonProxyHosts()).as(host).anyMatch(host::matches);
    }
    for (String host : new String[] {"xa.lan", "a.lan.org", "127x"}) {
      assertThat(proxy.nonProxyHosts()).as(host).noneMatch(host::matches);
    }
  }

  @Test
  void neverRepeatsAnAddressThatMayHoldAPassword() {
    assertThatThrownBy(() -> Proxies.of(Map.of("HTTPS_PROXY", "http://user:se cret@proxy")))
        .hasMessage("HTTPS_PROXY is no address such as http://proxy.example:3128");
  }
}
