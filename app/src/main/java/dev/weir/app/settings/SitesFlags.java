// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import static dev.weir.app.settings.FlagType.BOOLEAN;
import static dev.weir.app.settings.FlagType.OPTIONAL_PATH;
import static dev.weir.app.settings.FlagType.OPTIONAL_TEXT;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The flags of {@code weir sites}. */
public final class SitesFlags {

  public static final Flag<URI> SERVER =
      Flag.of(
          "server",
          new FlagType<>("URL", "a URL such as http://127.0.0.1:9201", FlagType::endpoint),
          "http://127.0.0.1:9201",
          "The running Weir to ask.");

  public static final Flag<Optional<String>> USER =
      Flag.of(
          "user",
          OPTIONAL_TEXT,
          "",
          "Who asks, where the running Weir has people sign in; the password is in WEIR_PASSWORD,"
              + " or asked for on a terminal.");

  public static final Flag<Optional<Path>> CA =
      Flag.of(
          "ca",
          OPTIONAL_PATH,
          "",
          "PEM file. Authorities to trust, in place of the system's, where --server is https.");

  public static final Flag<Optional<Path>> FILE =
      Flag.of(
          "file",
          OPTIONAL_PATH,
          "",
          "apply: file with sites, YAML or JSON; - is standard input. -f for short.");

  public static final Flag<Boolean> DRY_RUN =
      Flag.of("dry-run", BOOLEAN, "false", "apply: show the plan and change nothing.");

  public static final Flag<Boolean> PRUNE =
      Flag.of("prune", BOOLEAN, "false", "apply: remove the sites that are not in the file.");

  public static final Flag<Boolean> YES =
      Flag.of("yes", BOOLEAN, "false", "apply, delete: do not ask, also on a terminal.");

  public static final Flag<Optional<String>> CUSTOMER =
      Flag.of(
          "customer",
          OPTIONAL_TEXT,
          "",
          "This customer's sites alone; with apply also those of the file that name no customer.");

  public static final Flag<Optional<String>> STATE =
      Flag.of(
          "state",
          OPTIONAL_TEXT,
          "",
          "list: sites in this state alone: up, down, doubtful, unknown, disabled, maintenance.");

  public static final Flag<Boolean> JSON =
      Flag.of("json", BOOLEAN, "false", "Print the answer as JSON.");

  /** All of them, in the order of the help. */
  public static final List<Flag<?>> ALL =
      List.of(SERVER, USER, CA, FILE, DRY_RUN, PRUNE, YES, CUSTOMER, STATE, JSON);

  private SitesFlags() {}
}
