// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the conditions that remote read writes, and nothing else: a text that strays from them, as
 * an injected one would, does not parse. A row is a map of column to value; a NULL is missing.
 */
final class MiniCondition {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|<>|[(),=]|measure_value::(?:double|bigint)"
              + "|[A-Za-z_]+|[0-9]+)",
          Pattern.DOTALL);

  private final List<String> tokens = new ArrayList<>();
  private int at;

  MiniCondition(String text) {
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (!text.substring(end).isBlank()) {
      throw new IllegalArgumentException("stray text: " + text.substring(end));
    }
  }

  /** The condition; the times are under {@code time} as decimal milliseconds. */
  Predicate<Map<String, String>> parse() {
    Predicate<Map<String, String>> all = either();
    if (at != tokens.size()) {
      throw new IllegalArgumentException("stray token: " + tokens.get(at));
    }
    return all;
  }

  private Predicate<Map<String, String>> either() {
    Predicate<Map<String, String>> result = both();
    while (take("OR")) {
      result = result.or(both());
    }
    return result;
  }

  private Predicate<Map<String, String>> both() {
    Predicate<Map<String, String>> result = one();
    while (take("AND")) {
      result = result.and(one());
    }
    return result;
  }

  private Predicate<Map<String, String>> one() {
    if (take("(")) {
      Predicate<Map<String, String>> inner = either();
      need(")");
      return inner;
    }
    if (take("time")) {
      return range();
    }
    if (take("regexp_like")) {
      return expression();
    }
    for (String value : List.of("measure_value::double", "measure_value::bigint")) {
      if (take(value)) {
        need("IS");
        need("NOT");
        need("NULL");
        return row -> row.containsKey(value);
      }
    }
    String column = quoted('"');
    if (take("IS")) {
      boolean not = take("NOT");
      need("NULL");
      return row -> row.containsKey(column) == not;
    }
    if (take("=")) {
      String value = quoted('\'');
      return row -> value.equals(row.get(column));
    }
    if (take("<>")) {
      String value = quoted('\'');
      return row -> row.containsKey(column) && !value.equals(row.get(column));
    }
    if (take("LIKE")) {
      return like(column);
    }
    boolean not = take("NOT");
    if (not && take("LIKE")) {
      Predicate<Map<String, String>> like = like(column);
      return row -> row.containsKey(column) && !like.test(row);
    }
    need("IN");
    List<String> values = values();
    return row -> row.containsKey(column) && values.contains(row.get(column)) != not;
  }

  private Predicate<Map<String, String>> expression() {
    need("(");
    String column = quoted('"');
    need(",");
    Pattern pattern = Pattern.compile(quoted('\''));
    need(")");
    return row -> row.containsKey(column) && pattern.matcher(row.get(column)).find();
  }

  private Predicate<Map<String, String>> range() {
    need("BETWEEN");
    long from = millis();
    need("AND");
    long to = millis();
    return row -> {
      long nanos = Long.parseLong(row.getOrDefault("time", "-1"));
      return nanos >= from * 1_000_000 && nanos <= to * 1_000_000;
    };
  }

  private long millis() {
    need("from_milliseconds");
    need("(");
    long millis = Long.parseLong(tokens.get(at++));
    need(")");
    return millis;
  }

  private Predicate<Map<String, String>> like(String column) {
    String text = quoted('\'');
    if (text.equals("%~bits")) {
      return row -> row.containsKey(column) && row.get(column).endsWith("~bits");
    }
    boolean anywhere = text.startsWith("%");
    String pattern = anywhere ? text.substring(1) : text;
    need("ESCAPE");
    if (!quoted('\'').equals("\\")) {
      throw new IllegalArgumentException("another escape");
    }
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < pattern.length() - 1; i++) {
      char character = pattern.charAt(i);
      if (character == '%' || character == '_') {
        throw new IllegalArgumentException("unescaped sign in " + pattern);
      }
      prefix.append(character == '\\' ? pattern.charAt(++i) : character);
    }
    if (!pattern.endsWith("%")) {
      throw new IllegalArgumentException("no prefix pattern: " + pattern);
    }
    String part = prefix.toString();
    return row ->
        row.containsKey(column)
            && (anywhere ? row.get(column).contains(part) : row.get(column).startsWith(part));
  }

  private List<String> values() {
    need("(");
    List<String> values = new ArrayList<>();
    do {
      values.add(quoted('\''));
    } while (take(","));
    need(")");
    return values;
  }

  private String quoted(char mark) {
    String token = tokens.get(at++);
    if (token.charAt(0) != mark) {
      throw new IllegalArgumentException("expected " + mark + ", not " + token);
    }
    String twice = "" + mark + mark;
    return token.substring(1, token.length() - 1).replace(twice, "" + mark);
  }

  private boolean take(String token) {
    boolean there = at < tokens.size() && tokens.get(at).equals(token);
    at += there ? 1 : 0;
    return there;
  }

  private void need(String token) {
    if (!take(token)) {
      throw new IllegalArgumentException("expected " + token + " at token " + at + " of " + tokens);
    }
  }
}
