// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of sites with every kind of mistake: each is told with its line, and nothing applied. */
class BadSitesIT {

  /** A site on each line, and what is said of it; the first is right. */
  private static final List<List<String>> LINES =
      List.of(
          List.of("{id: right, endpoint: 'http://127.0.0.1/'}", ""),
          List.of(
              "{id: a, endpoint: 'http://127.0.0.1/', intervall: 5s}",
              "a: intervall: is no field here; did you mean interval?"),
          List.of(
              "{id: b, endpoint: 'http://127.0.0.1/', interval: 500ms}",
              "b: interval: 1s to 24h, not 500ms"),
          List.of(
              "{id: c, endpoint: 'http://127.0.0.1/', interval: 25h}",
              "c: interval: 1s to 24h, not 25h"),
          List.of(
              "{id: d, endpoint: 'http://127.0.0.1/', requests: many}",
              "d: requests: a whole number from 1 to 100, not 'many'"),
          List.of(
              "{id: %s, endpoint: 'http://127.0.0.1/'}".formatted("e".repeat(64)),
              "id: a site id is 1 to 63 of letters"),
          List.of(
              "{id: \"f\\\"\\\\\\n\", endpoint: 'http://127.0.0.1/'}",
              "id: a site id is 1 to 63 of letters"),
          List.of(
              "{id: g, endpoint: 'http://no host/'}",
              "g: endpoint: 'no host' is neither a host name nor an address"),
          List.of("{id: h, endpoint: 'gopher://127.0.0.1/'}", "h: endpoint: has the scheme gopher"),
          List.of(
              "{id: i, endpoint: 'http://127.0.0.1/', expect: {matches: '(a'}}",
              "i: expect.matches: is no RE2 expression"),
          List.of(
              "{id: j, endpoint: 'http://127.0.0.1/', expect: {json: [{path: '$['}]}}",
              "j: expect.json[0].path: is no JSONPath"),
          List.of(
              "{id: k, endpoint: 'http://u:hunter2@127.0.0.1/'}",
              "k: endpoint: has a user or password in it"),
          List.of(
              "{id: l, endpoint: 'http://127.0.0.1/', http: {bearer: hunter2}}",
              "l: http.bearer: is a secret and is not written here"),
          List.of(
              "{id: right, endpoint: 'http://127.0.0.1/'}",
              "right: is there twice, first on line 2"));

  @TempDir Path folder;

  @Test
  void everyMistakeIsToldWithItsLineAndNothingIsApplied() throws IOException {
    StringBuilder yaml = new StringBuilder("sites:\n");
    LINES.forEach(line -> yaml.append("  - ").append(line.getFirst()).append('\n'));
    Path file = Files.writeString(folder.resolve("bad.yaml"), yaml);
    try (WeirProcess weir = WeirProcess.start(folder)) {
      String said = apply(weir, file, 1);
      for (int i = 1; i < LINES.size(); i++) {
        String place = "%s:%d: ".formatted(file, i + 2);
        String reason = LINES.get(i).getLast();
        assertThat(said.lines().filter(line -> line.contains(place)))
            .as("%s of\n%s", LINES.get(i).getFirst(), said)
            .singleElement()
            .satisfies(line -> assertThat(line).contains(reason));
      }
      assertThat(said).doesNotContain("hunter2");
      assertThat(weir.web().get("/api/v1/sites").body()).contains("\"items\":[]");

      Path good =
          Files.writeString(
              folder.resolve("good.yaml"), "sites:\n  - " + LINES.getFirst().getFirst());
      apply(weir, good, 0);
      assertThat(weir.web().get("/api/v1/sites").body()).contains("\"id\":\"right\"");
    }
  }

  private String apply(WeirProcess weir, Path file, int status) {
    try (RealProcess apply =
        WeirProcess.startUnready(
            folder.resolve(file.getFileName() + ".log"),
            "sites",
            "apply",
            "-f",
            file.toString(),
            "--server=http://" + weir.web().address())) {
      assertThat(apply.waitForExit()).as(apply::lastOutput).isEqualTo(status);
      return apply.output();
    }
  }
}
