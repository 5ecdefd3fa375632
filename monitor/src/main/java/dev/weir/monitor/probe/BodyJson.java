// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JsonProvider;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.minidev.json.JSONValue;
import net.minidev.json.parser.JSONParser;
import org.jspecify.annotations.Nullable;

/** Looks for something in a body that is JSON. */
final class BodyJson {

  /** Brackets within brackets; the parser would follow deeper ones until its stack is full. */
  static final int DEPTH_MAX = 100;

  /** As RFC 8259 has it; what else this parser would take, its reader and ours see differently. */
  private static final JsonProvider STRICT =
      new JsonSmartJsonProvider(JSONParser.MODE_RFC4627, JSONValue.defaultReader.DEFAULT_ORDERED);

  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(STRICT)
          .mappingProvider(new JsonSmartMappingProvider())
          .options(Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS)
          .build();

  private BodyJson() {}

  /**
   * Whether the path finds something, and one of the finds is the wanted value.
   *
   * @return why not, as the end of a sentence that begins with "the body"; null where it does
   */
  static @Nullable String mismatch(String body, String path, Optional<String> wanted) {
    if (path.contains("=~")) {
      return "was not searched: =~ in a JSONPath may search for ever, use another filter";
    }
    if (tooDeep(body)) {
      return "has more than %d brackets within one another".formatted(DEPTH_MAX);
    }
    List<?> found;
    try {
      Object document = CONFIGURATION.jsonProvider().parse(body);
      if (!(document instanceof Map) && !(document instanceof List)) {
        return "is a single value of JSON, without anything to look for";
      }
      found = JsonPath.compile(path).read(document, CONFIGURATION);
    } catch (InvalidJsonException e) {
      return "is not JSON";
    } catch (JsonPathException e) {
      return "can't be searched with this JSONPath";
    }
    if (found.isEmpty()) {
      return "has nothing at %s".formatted(path);
    }
    if (wanted.isEmpty() || found.stream().anyMatch(each -> is(each, wanted.get()))) {
      return null;
    }
    return "has '%s' at %s".formatted(Excerpt.of(String.valueOf(found.getFirst())), path);
  }

  private static boolean is(@Nullable Object value, String wanted) {
    if (String.valueOf(value).equals(wanted)) {
      return true;
    }
    if (!(value instanceof Number number)) {
      return false;
    }
    try {
      return new BigDecimal(number.toString()).compareTo(new BigDecimal(wanted)) == 0;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }

  private static boolean tooDeep(String body) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        depth++;
        if (depth > DEPTH_MAX) {
          return true;
        }
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return false;
  }
}
