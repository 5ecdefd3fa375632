// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.timestream.call.Operation.Api;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionsTest {

  private final Map<String, @Nullable String> before = new HashMap<>();

  @BeforeEach
  void asksNoMachineForItsRegion() {
    set("aws.disableEc2Metadata", "true");
    set("aws.configFile", "/nowhere");
    set("aws.sharedCredentialsFile", "/nowhere");
  }

  @AfterEach
  void restore() {
    before.forEach((name, value) -> {
      if (value == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, value);
      }
    });
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, ingest.timestream.eu-west-1.amazonaws.com,"
        + " query.timestream.eu-west-1.amazonaws.com",
    "true, false, ingest.timestream-fips.eu-west-1.amazonaws.com,"
        + " query.timestream-fips.eu-west-1.amazonaws.com",
    "false, true, timestream-ingest.eu-west-1.api.aws, timestream-query.eu-west-1.api.aws",
    "true, true, timestream-ingest-fips.eu-west-1.api.aws, timestream-query-fips.eu-west-1.api.aws"
  })
  void hostsFollowTheSdksSettings(String fips, String dualStack, String write, String query) {
    set("aws.useFipsEndpoint", fips);
    set("aws.useDualstackEndpoint", dualStack);
    Regions regions = new Regions(amazon(Optional.of("eu-west-1")));

    assertThat(regions.host(Api.WRITE)).isEqualTo(URI.create("https://" + write));
    assertThat(regions.host(Api.QUERY)).isEqualTo(URI.create("https://" + query));
  }

  @Test
  void theSdkFindsTheRegionThatIsNotNamed() {
    set("aws.region", "ap-south-1");
    assertThat(new Regions(amazon(Optional.empty())).region().id()).isEqualTo("ap-south-1");
    assertThat(new Regions(amazon(Optional.of("eu-west-1"))).region().id()).isEqualTo("eu-west-1");
  }

  @Test
  void amazonsOwnEndpointsNeedARegionAndAnOperatorCanSetIt() {
    assertThatThrownBy(() -> new Regions(amazon(Optional.empty())).region())
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessage("the AWS SDK finds no region; set AWS_REGION, or region in the profile");
  }

  @ParameterizedTest
  @CsvSource({"http://127.0.0.1:9201", "http://weir.example:9201"})
  void anEndpointOfOnesOwnNeedsNone(URI endpoint) {
    Destination own =
        new Destination(Optional.empty(), Optional.of(endpoint), Optional.of(endpoint), "weir");
    assertThat(new Regions(own).region().id()).isEqualTo("us-east-1");
  }

  private static Destination amazon(Optional<String> region) {
    return new Destination(region, Optional.empty(), Optional.empty(), "weir");
  }

  private void set(String property, String value) {
    before.putIfAbsent(property, System.getProperty(property));
    System.setProperty(property, value);
  }
}
