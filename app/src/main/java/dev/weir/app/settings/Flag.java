// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

import java.util.Locale;

/**
 * One setting.
 *
 * @param name as on the command line without the dashes, and as the key in the file
 * @param defaultText what holds when nothing is said, in the spelling that a person would use
 * @param description one or two sentences for the help
 * @param secret whether messages hide the value
 */
public record Flag<T>(
    String name, FlagType<T> type, String defaultText, String description, boolean secret) {

  static final String ENVIRONMENT_PREFIX = "WEIR_";

  public Flag {
    type.parse(defaultText); // A default that doesn't parse is found when the class loads.
  }

  static <T> Flag<T> of(String name, FlagType<T> type, String defaultText, String description) {
    return new Flag<>(name, type, defaultText, description, false);
  }

  /** A boolean that is false unless it is given. */
  public static Flag<Boolean> ofBoolean(String name, String description) {
    return of(name, FlagType.BOOLEAN, "false", description);
  }

  /** The name of the environment variable. */
  public String environmentName() {
    return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Whether {@code --name} alone means true. */
  public boolean isBoolean() {
    return type == (Object) FlagType.BOOLEAN;
  }
}
