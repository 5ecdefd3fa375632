// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.house.Checkout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The stack of {@code deploy/privatelink}, as the guide's six parameters and others make it. */
class IsolatedStackTest {

  private final Stack stack = stack(Map.of());

  @Test
  void reachesSystemsManagerAndTheTwoCellsByEndpointsOfTheVpc() {
    assertThat(endpoints("Interface"))
        .containsExactlyInAnyOrder(
            "com.amazonaws.us-west-2.ssm",
            "com.amazonaws.us-west-2.ssmmessages",
            "com.amazonaws.us-west-2.ec2messages",
            "com.amazonaws.us-west-2.timestream.ingest-cell1",
            "com.amazonaws.us-west-2.timestream.query-cell2");
    assertThat(endpoints("Gateway")).containsExactly("com.amazonaws.us-west-2.s3");
  }

  private List<Object> endpoints(String type) {
    return stack.ofType("AWS::EC2::VPCEndpoint").values().stream()
        .map(each -> Shape.map(each.get("Properties")))
        .filter(each -> type.equals(each.get("VpcEndpointType")))
        .peek(each -> {
          if (type.equals("Interface")) {
            assertThat(each)
                .containsEntry("PrivateDnsEnabled", "true")
                .containsEntry("SubnetIds", List.of("subnet-1", "subnet-2"))
                .containsEntry("SecurityGroupIds", List.of("{EndpointSecurityGroup}"));
          } else {
            assertThat(each).containsEntry("RouteTableIds", List.of("rtb-1"));
          }
        })
        .map(each -> each.get("ServiceName"))
        .toList();
  }

  /**
   * The archive, and the repositories of Amazon Linux 2023, whose bucket has this name in every
   * region (Amazon Linux 2023 user guide, "Deterministic upgrades through versioned repositories").
   */
  @Test
  void letsOnlyTheArchiveAndThePackagesOfAmazonLinuxThroughTheGateway() {
    String packages = "arn:aws:s3:::al2023-repos-us-west-2-de612dc2/*";
    assertThat(gateway(stack))
        .containsExactlyInAnyOrder(
            new Grant("s3:GetObject", "arn:aws:s3:::weir-111122223333-us-west-2/*"),
            new Grant("s3:GetObject", packages));
    assertThat(gateway(stack(Map.of("ArchiveBucket", "mine"))))
        .containsExactlyInAnyOrder(
            new Grant("s3:GetObject", "arn:aws:s3:::mine/*"), new Grant("s3:GetObject", packages));
  }

  private static List<Grant> gateway(Stack stack) {
    return Grant.of(Shape.map(stack.properties("S3Endpoint").get("PolicyDocument")));
  }

  /**
   * What the agent needs for a session (Systems Manager user guide, "Add Session Manager
   * permissions to an existing IAM role"), and what {@code aws s3 cp} needs for one object.
   */
  @Test
  void mayTakeSessionsAndReadTheOneArchive() {
    assertThat(stack.properties("InstanceRole")).doesNotContainKey("ManagedPolicyArns");
    assertThat(stack.grants("InstanceRole"))
        .filteredOn(grant -> !grant.action().startsWith("timestream:"))
        .containsExactlyInAnyOrder(
            new Grant("ssm:UpdateInstanceInformation", "*"),
            new Grant("ssmmessages:CreateControlChannel", "*"),
            new Grant("ssmmessages:CreateDataChannel", "*"),
            new Grant("ssmmessages:OpenControlChannel", "*"),
            new Grant("ssmmessages:OpenDataChannel", "*"),
            new Grant(
                "s3:GetObject",
                "arn:aws:s3:::weir-111122223333-us-west-2/weir-connector-linux-arm64.zip"));
    assertThat(stack(Map.of("ArchiveBucket", "mine", "ArchiveKey", "w.zip")).grants("InstanceRole"))
        .contains(new Grant("s3:GetObject", "arn:aws:s3:::mine/w.zip"));
  }

  /** Who stands the connector up by hand copies the policy of the documentation. */
  @Test
  void mayOnTimestreamWhatTheDocumentationSays() {
    String page = Checkout.ofThisBuild().read(Path.of("docs/operations.md"));
    String policy = page.replaceFirst("(?s).*### Rights.*?```json(.*?)```.*", "$1");
    Map<String, Object> document = Shape.map(new JsonMapper().readValue(policy, Map.class));
    assertThat(Grant.of(document))
        .extracting(Grant::action)
        .containsExactlyInAnyOrderElementsOf(
            stack.grants("InstanceRole").stream()
                .map(Grant::action)
                .filter(action -> action.startsWith("timestream:"))
                .toList());
  }

  @Test
  void opensOnePortToTheVpcAndNothingElse() {
    List<Object> ingress =
        Shape.list(stack.properties("InstanceSecurityGroup").get("SecurityGroupIngress"));
    assertThat(ingress).hasSize(1);
    assertThat(Shape.map(ingress.getFirst()))
        .containsEntry("CidrIp", "10.0.0.0/16")
        .containsEntry("FromPort", "9201")
        .containsEntry("ToPort", "9201")
        .containsEntry("IpProtocol", "tcp");
    Map<String, Map<String, Object>> more = stack.ofType("AWS::EC2::SecurityGroupIngress");
    assertThat(more).containsOnlyKeys("EndpointIngress");
    assertThat(stack.properties("EndpointIngress"))
        .containsEntry("GroupId", "{EndpointSecurityGroup}")
        .containsEntry("SourceSecurityGroupId", "{InstanceSecurityGroup}")
        .containsEntry("FromPort", "443")
        .containsEntry("ToPort", "443");
  }

  @Test
  void sendsToEndpointsAndS3AloneWhereThePrefixListIsKnown() {
    Map<String, Map<String, Object>> egress =
        stack(Map.of("S3PrefixListId", "pl-68a54001")).ofType("AWS::EC2::SecurityGroupEgress");
    assertThat(egress).containsOnlyKeys("EndpointEgress", "InstanceToS3");
    assertThat(Shape.map(egress.get("InstanceToS3").get("Properties")))
        .containsEntry("DestinationPrefixListId", "pl-68a54001")
        .containsEntry("FromPort", "443")
        .containsEntry("ToPort", "443")
        .doesNotContainKey("CidrIp");
    assertThat(stack.ofType("AWS::EC2::SecurityGroupEgress"))
        .containsOnlyKeys("EndpointEgress", "InstanceToWhateverIsRouted");
  }

  @Test
  void isAnInstanceWithoutAPublicAddressWithTokensAndAnEncryptedVolume() {
    Map<String, Object> instance = stack.properties("Instance");
    Map<String, Object> network =
        Shape.map(Shape.list(instance.get("NetworkInterfaces")).getFirst());
    assertThat(network)
        .containsEntry("AssociatePublicIpAddress", "false")
        .containsEntry("SubnetId", "subnet-1")
        .containsEntry("GroupSet", List.of("{InstanceSecurityGroup}"));
    Map<String, Object> volume =
        Shape.map(Shape.list(instance.get("BlockDeviceMappings")).getFirst());
    assertThat(Shape.map(volume.get("Ebs"))).containsEntry("Encrypted", "true");
    Map<String, Object> launch =
        Shape.map(stack.properties("InstanceTemplate").get("LaunchTemplateData"));
    assertThat(Shape.map(launch.get("MetadataOptions")))
        .containsEntry("HttpTokens", "required")
        .containsEntry("HttpPutResponseHopLimit", "1");
    assertThat(instance)
        .containsEntry("InstanceType", "t4g.micro")
        .containsEntry(
            "ImageId", "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64");
  }

  @Test
  void tellsTheConnectorItsCellsAndThatThereIsNothingToDiscover() {
    assertThat(stack.userData("InstanceTemplate").lines())
        .contains(
            "AWS_ENABLE_ENDPOINT_DISCOVERY=false",
            "WEIR_REGION=us-west-2",
            "WEIR_DEFAULT_DATABASE=PrometheusDatabase",
            "WEIR_DEFAULT_TABLE=PrometheusMetricsTable",
            "WEIR_QUERY_BASE_ENDPOINT=https://query-cell2.timestream.us-west-2.amazonaws.com",
            "WEIR_WRITE_BASE_ENDPOINT=https://ingest-cell1.timestream.us-west-2.amazonaws.com");
  }

  @Test
  void givesTheInstanceAndItsUrls() {
    assertThat(stack.output("InstanceId")).isEqualTo("{Instance}");
    assertThat(stack.output("WriteURL")).isEqualTo("http://{Instance.PrivateIp}:9201/write");
    assertThat(stack.output("ReadURL")).isEqualTo("http://{Instance.PrivateIp}:9201/read");
  }

  private static Stack stack(Map<String, String> more) {
    Map<String, String> arguments = new HashMap<>(GuideParameters.SIX);
    arguments.putAll(more);
    return Template.in("privatelink").stack(arguments);
  }
}
