// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.weir.e2e.house.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Terraform in a copy of a folder under {@code deploy/}, with the provider of a local folder
 * ({@code WEIR_TERRAFORM_PLUGINS}). Nobody's account is asked: who is asking is answered here, and
 * a plan of what is not there yet needs nothing else.
 */
final class TerraformProgram implements AutoCloseable {

  static final String ACCOUNT = "111122223333";

  private static final String PLUGINS =
      System.getenv().getOrDefault("WEIR_TERRAFORM_PLUGINS", "/opt/tf-plugins");
  private static final long LIMIT_SECONDS = 120;

  private static final String IDENTITY =
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <GetCallerIdentityResult>
          <Arn>arn:aws:iam::%1$s:user/terraform</Arn>
          <UserId>AIDATERRAFORM</UserId>
          <Account>%1$s</Account>
        </GetCallerIdentityResult>
        <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
      </GetCallerIdentityResponse>
      """
          .formatted(ACCOUNT);

  private final Path folder;
  private final HttpServer identity;

  private TerraformProgram(Path folder, HttpServer identity) {
    this.folder = folder;
    this.identity = identity;
  }

  /** Skips the test, and says so, where there is no Terraform or no provider. */
  static TerraformProgram of(String name, Path work) {
    try {
      Path folder = copy(Checkout.ofThisBuild().root().resolve("deploy").resolve(name), work);
      HttpServer identity =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      identity.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            byte[] answer = IDENTITY.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      identity.start();
      TerraformProgram program = new TerraformProgram(folder, identity);
      Result initialized = program.run(Map.of(), "init", "-input=false", "-plugin-dir=" + PLUGINS);
      if (initialized.status() != 0) {
        program.close();
      }
      assumeTrue(
          initialized.status() == 0,
          () -> "no terraform, or no AWS provider in " + PLUGINS + ": " + initialized.output());
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lock file names a provider that the local folder need not have. */
  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".tf")).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return to;
  }

  /** What would be made with these variables. */
  TerraformPlan plan(Map<String, String> variables) {
    Result planned = tryPlan(variables);
    if (planned.status() != 0) {
      throw new AssertionError(planned.output());
    }
    Result shown = run(Map.of(), "show", "-json", "plan");
    return TerraformPlan.of(shown.output().substring(shown.output().indexOf('{')));
  }

  /** What Terraform says to these variables. */
  Result tryPlan(Map<String, String> variables) {
    return run(variables, "plan", "-input=false", "-no-color", "-out=plan");
  }

  /** Whether version 5 of the provider is at work, which refuses java25 in a plan. */
  boolean providerIsOld() {
    try {
      return Files.readString(folder.resolve(".terraform.lock.hcl")).contains("\"5.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a run ended, and what it said. */
  record Result(int status, String output) {}

  private Result run(Map<String, String> variables, String... words) {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(words));
    try {
      Path output = Files.createTempFile(folder, "terraform", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(name -> name.matches("(AWS|TF)_.*"));
      environment.put("CHECKPOINT_DISABLE", "1");
      environment.put("AWS_ACCESS_KEY_ID", "AKIATERRAFORM");
      environment.put("AWS_SECRET_ACCESS_KEY", "terraform");
      environment.put("AWS_EC2_METADATA_DISABLED", "true");
      environment.put(
          "AWS_ENDPOINT_URL", "http://127.0.0.1:" + identity.getAddress().getPort() + "/");
      variables.forEach((name, value) -> environment.put("TF_VAR_" + name, value));
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " took more than " + LIMIT_SECONDS + " s");
      }
      return new Result(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage())); // There is no such program.
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    identity.stop(0);
  }
}
