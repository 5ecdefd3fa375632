// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import java.util.Map;

/** The six parameters that the guide of the isolated VPC asks for. */
public final class GuideParameters {

  public static final Map<String, String> SIX =
      Map.of(
          "VpcId", "vpc-1",
          "VpcCidrIp", "10.0.0.0/16",
          "PrivateSubnetIds", "subnet-1,subnet-2",
          "PrivateRouteTableIds", "rtb-1",
          "TimestreamQueryCell", "query-cell2",
          "TimestreamWriteCell", "ingest-cell1");

  private GuideParameters() {}
}
