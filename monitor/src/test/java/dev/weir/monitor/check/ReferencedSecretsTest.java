// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencedSecretsTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOKEN", "t0k3n", "NESTED", "${env:TOKEN}", "WEIR_SECRET_a__B", "b");

  @TempDir private Path folder;

  private ReferencedSecrets secrets(String... prefixes) {
    return new ReferencedSecrets(ENVIRONMENT::get, List.of(prefixes), folder);
  }

  @Test
  void putsValuesInThePlaceOfReferencesOnce() throws IOException {
    Files.writeString(folder.resolve("key"), "k\u00e9y");
    assertThat(secrets().reveal(new Secret("Bearer ${env:TOKEN}/${file:key}/$${env:TOKEN}")))
        .isEqualTo("Bearer t0k3n/kéy/${env:TOKEN}");
    assertThat(secrets().reveal(new Secret("${env:NESTED}"))).isEqualTo("${env:TOKEN}");
  }

  @Test
  void readsFilesBelowTheFolderOrAnywhereByTheirWholePath() throws IOException {
    Files.createDirectories(folder.resolve("acme"));
    Path file = Files.writeString(folder.resolve("acme/token"), "x");
    assertThat(secrets().reveal(new Secret("${file:acme/token}"))).isEqualTo("x");
    assertThat(secrets().reveal(new Secret("${file:" + file + "}"))).isEqualTo("x");
  }

  @Test
  void leavesOutTheLineEndThatAFileEndsWith() throws IOException {
    for (String[] pair :
        new String[][] {{"a\n", "a"}, {"a\r\n", "a"}, {"a\n\n", "a\n"}, {"a\r", "a\r"}, {"", ""}}) {
      Files.writeString(folder.resolve("key"), pair[0]);
      assertThat(secrets().reveal(new Secret("${file:key}"))).isEqualTo(pair[1]);
    }
  }

  @Test
  void readsAFileAnewEachTime() throws IOException {
    ReferencedSecrets secrets = secrets();
    Files.writeString(folder.resolve("key"), "old");
    assertThat(secrets.reveal(new Secret("${file:key}"))).isEqualTo("old");
    Files.writeString(folder.resolve("key"), "new");
    assertThat(secrets.reveal(new Secret("${file:key}"))).isEqualTo("new");
  }

  @Test
  void saysWhatIsMissingWithoutAnyValue() throws IOException {
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
    Files.createDirectory(folder.resolve("folder"));
    assertRefused(
        "${env:TOKEN}${env:NOT_SET}", "${env:NOT_SET} is not set in the environment of Weir");
    assertRefused("${env:TOKEN}${file:gone}", "${file:gone} is not there");
    assertRefused("${env:TOKEN}${file:binary}", "${file:binary} is not text in UTF-8");
    assertRefused("${env:TOKEN}${file:folder}", "${file:folder} can't be read");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    Files.writeString(folder.resolve("key"), "x".repeat(ReferencedSecrets.FILE_BYTES_MAX));
    assertThat(secrets().reveal(new Secret("${file:key}")))
        .hasSize(ReferencedSecrets.FILE_BYTES_MAX);
    Files.writeString(folder.resolve("key"), "x".repeat(ReferencedSecrets.FILE_BYTES_MAX + 1));
    assertRefused("${file:key}", "${file:key} is larger than 64 KiB");
  }

  @Test
  void namesOnlyVariablesWithOneOfThePrefixes() {
    ReferencedSecrets secrets = secrets("WEIR_SECRET_", "OTHER_");
    assertThat(secrets.reveal(new Secret("${env:WEIR_SECRET_a__B}"))).isEqualTo("b");
    assertThatThrownBy(() -> secrets.reveal(new Secret("${env:TOKEN}")))
        .hasMessage(
            "${env:TOKEN} is not among the variables that sites may name: WEIR_SECRET_, OTHER_");
  }

  @Test
  void showsNoValue() {
    assertThat(secrets().toString()).doesNotContain("t0k3n");
  }

  private void assertRefused(String text, String message) {
    assertThatThrownBy(() -> secrets().reveal(new Secret(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
