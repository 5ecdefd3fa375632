// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Gives values names within an expression, so that each is printed and computed once: nested calls
 * that name an argument twice would grow exponentially. A name is the parameter of a lambda over a
 * list of one element. Values are never printed inside of the lambda, since an aggregate or a
 * subquery may not stand there.
 */
final class Let {

  private static final Pattern SIMPLE =
      Pattern.compile("[lr][0-9]+(\\.c[0-9]+)?|-?[0-9]+(::[A-Z]+)?|[a-z]{1,2}(\\.f[0-9]+)?");

  private Let() {}

  /** The body over the name of one value. */
  static String in(String value, Function<String, String> body) {
    return SIMPLE.matcher(value).matches() ? body.apply(value) : in("v", value, body);
  }

  /** The body over the names of several values. */
  static String in(List<String> values, Function<List<String>, String> body) {
    if (values.stream().allMatch(value -> SIMPLE.matcher(value).matches())) {
      return body.apply(values);
    }
    StringBuilder struct = new StringBuilder("{");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      struct.append(i == 0 ? "'f" : ", 'f").append(i).append("': ").append(values.get(i));
      names.add("v.f" + i);
    }
    return in("v", struct.append('}').toString(), _ -> body.apply(names));
  }

  /** The body over a value that is bound whatever it looks like; for a second binding inside. */
  static String in(String name, String value, Function<String, String> body) {
    return "list_extract(list_transform([%s], lambda %s: %s), 1)"
        .formatted(value, name, body.apply(name));
  }
}
