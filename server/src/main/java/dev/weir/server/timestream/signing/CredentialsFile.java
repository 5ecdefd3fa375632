// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.signing;

import dev.weir.query.Scope;
import dev.weir.server.timestream.wire.Operation.Access;
import dev.weir.server.web.ServerConfigException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of AWS's shared credentials file: sections with {@code aws_access_key_id}, {@code
 * aws_secret_access_key} and at will {@code aws_session_token}; and for Weir {@code databases}, a
 * comma list of globs, and {@code access}, read or write. What else the SDKs know is passed over,
 * as are sections without a key.
 */
final class CredentialsFile {

  private static final Pattern ACCESS_KEY = Pattern.compile("[A-Za-z0-9_.+=@-]{1,128}");

  private final String file;
  private final Map<String, Profile> profiles = new HashMap<>();

  private CredentialsFile(String file) {
    this.file = file;
  }

  /**
   * The profiles of a text by their access keys.
   *
   * @param file names it in messages, which never show a secret
   * @throws ServerConfigException with one line for the operator
   */
  static Map<String, Profile> parse(String file, String text) {
    CredentialsFile parsed = new CredentialsFile(file);
    parsed.read(text.lines().toList());
    if (parsed.profiles.isEmpty()) {
      throw new ServerConfigException(file + " has no profile with aws_access_key_id");
    }
    return Map.copyOf(parsed.profiles);
  }

  private void read(List<String> lines) {
    String section = null;
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("[")) {
        if (!line.endsWith("]")) {
          throw fault(i, "the name of a profile must end with ]");
        }
        finish(section, values);
        section = line.substring(1, line.length() - 1).strip();
        values.clear();
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 1 || section == null) {
        throw fault(i, section == null ? "stands before the first [profile]" : "is no key = value");
      }
      String key = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (values.put(key, line.substring(equals + 1).strip()) != null) {
        throw fault(i, key + " is there twice in one profile");
      }
    }
    finish(section, values);
  }

  private void finish(@Nullable String section, Map<String, String> values) {
    String accessKey = values.get("aws_access_key_id");
    if (section == null || accessKey == null) {
      return;
    }
    String secret = values.getOrDefault("aws_secret_access_key", "");
    if (secret.isEmpty()) {
      throw fault(section, "has no aws_secret_access_key");
    }
    if (!ACCESS_KEY.matcher(accessKey).matches()) {
      throw fault(section, "has an aws_access_key_id with other characters than A-Z a-z 0-9");
    }
    String token = values.get("aws_session_token");
    Profile profile =
        new Profile(
            accessKey,
            secret,
            token == null || token.isEmpty() ? null : token,
            scope(section, values.get("databases")),
            access(section, values.getOrDefault("access", "write")));
    if (profiles.put(accessKey, profile) != null) {
      throw fault(section, "has the access key of another profile");
    }
  }

  private Scope scope(String section, @Nullable String databases) {
    if (databases == null) {
      return Scope.all();
    }
    List<String> globs = Arrays.stream(databases.split(",")).map(String::strip).toList();
    if (globs.stream().anyMatch(String::isEmpty)) {
      throw fault(section, "has an empty name in databases; * stands for all");
    }
    return globs.contains("*") ? Scope.all() : Scope.matching(globs);
  }

  private Access access(String section, String access) {
    return switch (access) {
      case "read" -> Access.READ;
      case "write" -> Access.WRITE;
      default -> throw fault(section, "has access = " + access + "; it must be read or write");
    };
  }

  private ServerConfigException fault(String section, String what) {
    return new ServerConfigException(file + ": profile " + section + " " + what);
  }

  private ServerConfigException fault(int line, String what) {
    return new ServerConfigException(file + ", line " + (line + 1) + ": " + what);
  }
}
