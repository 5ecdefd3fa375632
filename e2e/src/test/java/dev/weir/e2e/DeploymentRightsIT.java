// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.ReadAnswer.SampleRead;
import dev.weir.e2e.RecordedCalls.Call;
import dev.weir.e2e.deployment.Grant;
import dev.weir.e2e.deployment.GuideParameters;
import dev.weir.e2e.deployment.Stack;
import dev.weir.e2e.deployment.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the roles of the templates allow on Timestream is what is called, no more and no less. The
 * function and the connector run with the variables that their templates give them, find Amazon's
 * names by a proxy, and meet a Weir that writes down each call.
 */
class DeploymentRightsIT {

  private static final String DATABASE = "PrometheusDatabase";
  private static final String TABLE = "PrometheusMetricsTable";

  /** More than Timestream gives in one page. */
  private static final int MANY = 15_000;

  private static final int WRITTEN_AT_ONCE = 5_000;

  @TempDir private static Path folder;
  private static TestAuthority authority;
  private static LocalTimestream timestream;
  private static RecordedCalls recorded;
  private static ConnectProxy proxy;

  private final long now = System.currentTimeMillis();

  @BeforeAll
  static void start() {
    authority = new TestAuthority(folder);
    authority.issue("amazon", List.of("*.timestream.us-west-2.amazonaws.com"));
    timestream = LocalTimestream.start(folder);
    timestream.createTable(DATABASE, TABLE);
    recorded = RecordedCalls.before(timestream, authority.serving("amazon"));
    proxy = ConnectProxy.to(recorded.port());
  }

  @AfterAll
  static void stop() {
    proxy.close();
    recorded.close();
    timestream.close();
  }

  @Test
  void theFunctionsRoleAllowsWhatTheFunctionCalls() {
    Stack stack = Template.in("serverless").stack(Map.of());
    Map<String, String> environment = surroundings(stack.environment("Function"));
    recorded.taken();
    try (LambdaRuntime function =
        LambdaRuntime.start(
            folder, stack.code("Function"), stack.handler("Function"), environment, false)) {
      writesAndReads((path, body) -> {
        String answer = function.answer(GatewayEvents.event("2.0", path, body));
        return Integer.parseInt(answer.replaceFirst(".*?\"statusCode\":(\\d+).*", "$1"));
      });
    }
    assertSame(stack.grants("FunctionRole"), recorded.taken());
  }

  @Test
  void theInstancesRoleAllowsWhatTheConnectorAndTheDoctorCall() {
    Stack stack = Template.in("privatelink").stack(GuideParameters.SIX);
    Map<String, String> environment = surroundings(stack.instanceEnvironment("InstanceTemplate"));
    recorded.taken();
    proxy.asked().clear();
    try (ConnectorProcess connector =
        ConnectorProcess.start(folder, environment, List.of("--credentials=environment"))) {
      RemoteClient client = RemoteClient.ofConnector(connector.web());
      writesAndReads((path, body) ->
          (path.equals("write") ? client.write(body) : client.read(body)).statusCode());
    }
    List<Call> calls = new ArrayList<>(recorded.taken());
    assertThat(calls)
        .extracting(Call::operation)
        .as("with AWS_ENABLE_ENDPOINT_DISCOVERY=false")
        .doesNotContain("DescribeEndpoints");

    RealProcess doctor =
        RealProcess.start(
            "weir doctor",
            folder.resolve("doctor.log"),
            WeirProcess.command(List.of("doctor")),
            environment);
    doctor.waitForExit();
    calls.addAll(recorded.taken());
    assertThat(proxy.asked())
        .as("through the VPC's endpoints alone; %s", doctor.output())
        .containsOnly(
            "ingest-cell1.timestream.us-west-2.amazonaws.com:443",
            "query-cell2.timestream.us-west-2.amazonaws.com:443");
    assertThat(calls).extracting(Call::operation).as(doctor.output()).contains("DescribeTable");
    assertSame(stack.grants("InstanceRole"), calls);
  }

  /** Sends a body to a path, and gives the status of the answer. */
  private interface Sender {
    int send(String path, byte[] body);
  }

  /** All that a sender may cause: writing, reading in several ways, and a read that is given up. */
  private void writesAndReads(Sender sender) {
    for (int from = 0; from < MANY; from += WRITTEN_AT_ONCE) {
      SampleRead[] samples = new SampleRead[WRITTEN_AT_ONCE];
      for (int i = 0; i < WRITTEN_AT_ONCE; i++) {
        samples[i] = SampleRead.of(now - 50L * (MANY - from - i), from + i + 0.1);
      }
      byte[] body = new WireWriter().series(labels(), samples).compressed();
      assertThat(sender.send("write", body)).isEqualTo(204);
    }
    ReadQuery one = ReadQuery.around(now).equal("__name__", "many");
    assertThat(sender.send("read", ReadQuery.request(one))).isEqualTo(200);
    ReadQuery some = ReadQuery.around(now).matching("__name__", "ma.+").equal("job", "node");
    assertThat(sender.send("read", ReadQuery.request(some))).isEqualTo(200);

    recorded.throttleLaterPages(true);
    try {
      ReadQuery again = ReadQuery.around(now + 1_000).equal("__name__", "many");
      assertThat(sender.send("read", ReadQuery.request(again))).isEqualTo(503);
    } finally {
      recorded.throttleLaterPages(false);
    }
  }

  private static Map<String, String> labels() {
    return Map.of("__name__", "many", "job", "node");
  }

  /** What a template says, the credentials of its role, and the way to the Weir of this test. */
  private static Map<String, String> surroundings(Map<String, String> fromTemplate) {
    Map<String, String> environment = new HashMap<>(fromTemplate);
    environment.put("AWS_REGION", Template.REGION);
    environment.put("AWS_ACCESS_KEY_ID", LocalTimestream.OWNER.key());
    environment.put("AWS_SECRET_ACCESS_KEY", LocalTimestream.OWNER.secret());
    environment.put("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port());
    environment.put(
        "JAVA_TOOL_OPTIONS",
        "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
            .formatted(authority.trustStore(), TestAuthority.trustStorePassword()));
    return environment;
  }

  private static void assertSame(List<Grant> granted, List<Call> calls) {
    Set<String> called =
        calls.stream()
            .map(call -> call.operation() + " at " + call.host())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(texts(granted.stream().filter(grant -> grant.action().startsWith("timestream:"))))
        .as("what the template grants, and what was needed for %s", called)
        .isEqualTo(texts(NeededRights.of(calls).stream()));
  }

  private static Set<String> texts(Stream<Grant> grants) {
    return grants.map(Grant::toString).collect(Collectors.toCollection(TreeSet::new));
  }
}
