// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code weir sites} and {@code --sites.file} with the program that is shipped. */
class SitesIT {

  /** Nobody listens there; how sites are is not the matter here. */
  private static final String TWO =
      """
      sites:
        - id: shop
          endpoint: http://127.0.0.1:1/shop
          interval: 1h
        - id: mail
          customer: acme
          endpoint: tcp://127.0.0.1:1
          interval: 1h
      """;

  private static final String ITEMS =
      """
      {"WSMonitoringConfig": [{"PutRequest": {"Item": {
        "SiteId": {"S": "original"}, "endpoint": {"S": "http://127.0.0.1:1/"},
        "rate": {"N": "60"}, "latencyConstraint": {"N": "2"}, "testString": {"S": "welcome"}}}}]}
      """;

  @TempDir Path folder;

  @Test
  void appliesChangesAndPrunesAndKeepsAllOfItThroughARestartAndAKill() throws IOException {
    try (WeirProcess weir = WeirProcess.start(folder)) {
      Path file = Files.writeString(folder.resolve("sites.yaml"), TWO);
      QueryProgram.Ended dry = sites(weir, "apply", "-f", file.toString(), "--dry-run");
      assertThat(dry.status()).as(dry.error()).isZero();
      assertThat(dry.output())
          .isEqualTo(
              """
                + acme/mail     tcp://127.0.0.1:1
                + default/shop  http://127.0.0.1:1/shop

              2 to add, 0 to change, 0 to remove, 0 unchanged.
              """);
      assertThat(ids(weir)).isEmpty();
      assertThat(sites(weir, "apply", "-f", file.toString()).output()).endsWith("\nApplied.\n");
      assertThat(ids(weir)).containsExactly("acme/mail", "default/shop");

      weir.killAndRestart();
      assertThat(ids(weir)).containsExactly("acme/mail", "default/shop");
      Files.writeString(file, TWO.replace("/shop", "/store"));
      assertThat(sites(weir, "apply", "-f", file.toString()).output())
          .contains("~ default/shop\n      endpoint  http://127.0.0.1:1/shop → ")
          .contains("0 to add, 1 to change, 0 to remove, 1 unchanged.");

      Path items = Files.writeString(folder.resolve("dynamo_entries.json"), ITEMS);
      assertThat(sites(weir, "apply", "-f", items.toString(), "--prune").status()).isZero();
      assertThat(weir.process().terminate()).isZero();
      weir.restart();
      assertThat(ids(weir)).containsExactly("default/original");
      JsonNode shown =
          WireApi.JSON.readTree(weir.web().get("/api/v1/sites/default/original").body());
      assertThat(shown.path("interval_s").asInt()).isEqualTo(3_600);
      assertThat(sites(weir, "delete", "original").output())
          .isEqualTo("Deleted default/original.\n");
      assertThat(ids(weir)).isEmpty();
    }
  }

  @Test
  void refusesABadFileWithItsPlacesAndAppliesNothingOfIt() throws IOException {
    try (WeirProcess weir = WeirProcess.start(folder)) {
      Path file =
          Files.writeString(
              folder.resolve("bad.yaml"),
              """
              sites:
                - id: good
                  endpoint: http://127.0.0.1:1/
                - id: "quote\\"d"
                  endpoint: http://127.0.0.1:1/
                - id: colourful
                  endpoint: http://127.0.0.1:1/
                  colour: red
              """);
      QueryProgram.Ended ended = sites(weir, "apply", "-f", file.toString());
      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.error())
          .contains(file + ":4: ")
          .contains(file + ":8: colourful: colour: ")
          .endsWith("weir: 2 problems; nothing was changed\n");
      assertThat(ids(weir)).isEmpty();
      assertThat(weir.web().get("/api/v1/sites/a/b").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void copiesSitesWithABackupOfARunningAndOfAStoppedWeir() throws IOException {
    Path running = folder.resolve("running");
    Path stopped = folder.resolve("stopped");
    Path file = Files.writeString(folder.resolve("sites.yaml"), TWO);
    try (WeirProcess weir = WeirProcess.start(folder)) {
      sites(weir, "apply", "-f", file.toString());
      backup(weir.dataFolder(), running.resolve("data"));
      sites(weir, "delete", "shop");
      assertThat(weir.process().terminate()).isZero();
      backup(weir.dataFolder(), stopped.resolve("data"));
    }
    try (WeirProcess weir = WeirProcess.start(running)) {
      assertThat(ids(weir)).containsExactly("acme/mail", "default/shop");
    }
    try (WeirProcess weir = WeirProcess.start(stopped)) {
      assertThat(ids(weir)).containsExactly("acme/mail");
    }
  }

  @Test
  void followsTheFileOfSitesAndLeavesEverythingWhenItIsBroken() throws IOException {
    Path file = Files.writeString(folder.resolve("sites.yaml"), TWO);
    try (WeirProcess weir = WeirProcess.start(folder, "--sites.file=" + file)) {
      assertThat(ids(weir)).containsExactly("acme/mail", "default/shop");
      assertThat(reloaded(weir)).isTrue();

      Files.writeString(file, "sites:\n  - id: shop\n    interval: soon\n");
      until(weir, () -> !reloaded(weir));
      assertThat(ids(weir)).containsExactly("acme/mail", "default/shop");
      assertThat(weir.process().output()).contains("file=" + file, "line=3", "field=interval");

      Files.writeString(file, TWO.replace("id: mail", "id: post"));
      until(weir, () -> ids(weir).contains("acme/post"));
      assertThat(ids(weir)).containsExactly("acme/post", "default/shop");
      assertThat(reloaded(weir)).isTrue();
    }
  }

  private QueryProgram.Ended sites(WeirProcess weir, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--server=http://" + weir.web().address());
    return QueryProgram.runVerb(folder, "sites", all.toArray(String[]::new));
  }

  private void backup(Path dataFolder, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    QueryProgram.Ended ended =
        QueryProgram.runVerb(folder, "backup", target.toString(), "--data-dir=" + dataFolder);
    assertThat(ended.status()).as(ended.error()).isZero();
  }

  private static List<String> ids(WeirProcess weir) {
    JsonNode page = WireApi.JSON.readTree(weir.web().get("/api/v1/sites?limit=1000").body());
    List<String> ids = new ArrayList<>();
    for (JsonNode item : page.path("items")) {
      ids.add(item.path("customer").asString() + "/" + item.path("id").asString());
    }
    return ids;
  }

  private static boolean reloaded(WeirProcess weir) {
    return weir.web().get("/metrics").body().contains("\nweir_sites_file_last_reload_successful 1");
  }

  private static void until(WeirProcess weir, BooleanSupplier condition) {
    Patience.until(Duration.ofSeconds(30), () -> weir.process().lastOutput(), condition);
  }
}
