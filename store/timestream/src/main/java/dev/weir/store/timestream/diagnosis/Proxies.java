// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import java.net.URI;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** Whether calls go through a proxy, as the SDK's HTTP client decides it. */
final class Proxies {

  private Proxies() {}

  static boolean serve(URI endpoint) {
    ProxyConfiguration proxy = ProxyConfiguration.builder().scheme(endpoint.getScheme()).build();
    String host = EndpointNames.host(endpoint);
    return proxy.host() != null && proxy.nonProxyHosts().stream().noneMatch(host::matches);
  }
}
