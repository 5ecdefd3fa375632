// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code weir-install} as the template writes it to the instance, up to where it would touch the
 * machine: each way in which it can fail says what to do.
 */
class InstallScriptIT {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "dnf, route tables in PrivateRouteTableIds",
    "aws, 'no s3://weir-111122223333-us-west-2/weir-connector-linux-arm64.zip to be read; run"
        + " deploy/privatelink/publish'",
    "unzip, is no whole archive; publish it again"
  })
  void saysWhatToDoWhereItFails(String failing, String said) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    // All that the script calls before it enables the service; nothing of this machine is touched.
    for (String command : List.of("dnf", "aws", "unzip", "install", "rm", "mv")) {
      Path fake =
          Files.writeString(
              bin.resolve(command),
              "#!/bin/sh\nexit %d\n".formatted(command.equals(failing) ? 1 : 0));
      assertThat(fake.toFile().setExecutable(true)).isTrue();
    }
    Path script = Files.writeString(folder.resolve("weir-install"), installScript());
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("TMPDIR", folder.toString());
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    String output = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(output).isEqualTo(1);
    assertThat(output.lines().toList().getLast()).startsWith("weir-install: ").contains(said);
  }

  @Test
  void putsTheNewArchiveInThePlaceOfTheOldOneWhileNothingRuns() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path calls = folder.resolve("calls");
    for (String command : List.of("dnf", "aws", "unzip", "install", "rm", "mv", "systemctl")) {
      Path fake =
          Files.writeString(
              bin.resolve(command), "#!/bin/sh\necho %s $* >> %s\n".formatted(command, calls));
      assertThat(fake.toFile().setExecutable(true)).isTrue();
    }
    Path script = Files.writeString(folder.resolve("weir-install"), installScript());
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString()).inheritIO();
    builder.environment().put("TMPDIR", folder.toString());
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    assertThat(builder.start().waitFor()).isZero();
    assertThat(Files.readAllLines(calls))
        .containsSubsequence(
            "dnf -y install java-25-amazon-corretto-headless",
            "systemctl stop weir-connector",
            "rm -rf /opt/weir",
            "mv /opt/weir.new /opt/weir",
            "systemctl daemon-reload",
            "systemctl enable weir-connector",
            "systemctl restart weir-connector");
  }

  @Test
  void isAShellScriptInTheWhole() throws Exception {
    Path script = Files.writeString(folder.resolve("user-data"), userData());
    Process process = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    assertThat(userData()).startsWith("#!/bin/bash\n").doesNotContain("${");
  }

  private static String userData() {
    return Template.in("privatelink").stack(GuideParameters.SIX).userData("InstanceTemplate");
  }

  private static String installScript() throws IOException {
    String data = userData();
    int from = data.indexOf("<<'INSTALL'\n") + "<<'INSTALL'\n".length();
    int to = data.indexOf("\nINSTALL\n", from);
    assertThat(to).isGreaterThan(from);
    return data.substring(from, to) + "\n";
  }
}
