// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkSystemSetting;

class ConnectionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9201", "http://weir.example:9201"})
  void anEndpointOfOnesOwnNeedsNoRegionInTheEnvironment(String endpoint) {
    String noMetadata = SdkSystemSetting.AWS_EC2_METADATA_DISABLED.property();
    String before = System.getProperty(noMetadata);
    System.setProperty(noMetadata, "true");
    try (Connections connections = Connections.open(URI.create(endpoint))) {
      assertThat(connections.query().serviceClientConfiguration().region()).isNotNull();
      assertThat(connections.write().serviceClientConfiguration().endpointOverride())
          .contains(URI.create(endpoint));
    } finally {
      if (before == null) {
        System.clearProperty(noMetadata);
      } else {
        System.setProperty(noMetadata, before);
      }
    }
  }
}
