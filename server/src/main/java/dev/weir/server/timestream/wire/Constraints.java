// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.wire;

import dev.weir.store.TableName;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of the API's model, refused in AWS's own pattern: {@code 1 validation error
 * detected: Value '…' at 'records' failed to satisfy constraint: …}. Lengths are in characters, as
 * the model has them. A value that must be there is refused when it is null, any other passes.
 */
public final class Constraints {

  /** Of a value in a message; the rest is cut off. */
  private static final int SHOWN_CHARACTERS_MAX = 128;

  private static final int NAME_MIN = 3;
  private static final int NAME_MAX = 256;
  private static final Predicate<String> NAME =
      Pattern.compile("[a-zA-Z0-9_.-]+").asMatchPredicate();

  private Constraints() {}

  /** A value that must be there. */
  public static <T> T required(@Nullable T value, String path) {
    if (value == null) {
      throw WireException.invalid(
          "1 validation error detected: Value null at '"
              + path
              + "' failed to satisfy constraint: Member must not be null");
    }
    return value;
  }

  /** A text within its lengths, or null. */
  public static @Nullable String length(@Nullable String value, String path, int min, int max) {
    if (value != null) {
      if (value.length() < min) {
        throw violation(value, path, "have length greater than or equal to " + min);
      }
      if (value.length() > max) {
        throw violation(value, path, "have length less than or equal to " + max);
      }
    }
    return value;
  }

  /** A list within its lengths. */
  public static <T extends Collection<?>> T size(T list, String path, int min, int max) {
    if (list.size() < min) {
      throw violation(members(list.size()), path, "have length greater than or equal to " + min);
    }
    if (list.size() > max) {
      throw violation(members(list.size()), path, "have length less than or equal to " + max);
    }
    return list;
  }

  /** A number within its range, or null. */
  public static @Nullable Long range(@Nullable Long value, String path, long min, long max) {
    if (value != null) {
      if (value < min) {
        throw violation(value, path, "have value greater than or equal to " + min);
      }
      if (value > max) {
        throw violation(value, path, "have value less than or equal to " + max);
      }
    }
    return value;
  }

  /** One of the words, or null. */
  public static @Nullable String word(
      @Nullable String value, String path, Collection<String> words) {
    if (value != null && !words.contains(value)) {
      throw violation(value, path, "satisfy enum value set: [" + String.join(", ", words) + "]");
    }
    return value;
  }

  /** The name of a database, or of a table. */
  public static String name(@Nullable String value, String path) {
    String name = required(value, path);
    length(name, path, NAME_MIN, NAME_MAX);
    if (!NAME.test(name)) {
      throw violation(name, path, "satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }
    return name;
  }

  /** The members DatabaseName and TableName of a request. */
  public static TableName tableName(@Nullable String database, @Nullable String table) {
    return new TableName(name(database, "databaseName"), name(table, "tableName"));
  }

  /** The refusal of a value; the rule goes on after "Member must". */
  public static WireException violation(Object value, String path, String rule) {
    String text = value.toString();
    String shown =
        text.length() <= SHOWN_CHARACTERS_MAX
            ? text
            : text.substring(0, SHOWN_CHARACTERS_MAX) + "…";
    return WireException.invalid(
        "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must %s"
            .formatted(shown, path, rule));
  }

  private static String members(int count) {
    return "[" + count + " members]";
  }
}
