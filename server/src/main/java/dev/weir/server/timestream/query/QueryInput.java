// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.query;

import dev.weir.server.timestream.wire.Constraints;
import dev.weir.server.timestream.wire.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of a Query request.
 *
 * @param rowsMax of this page, or 0 for as many as fit
 */
record QueryInput(
    String text,
    StatementKind kind,
    @Nullable String clientToken,
    @Nullable String nextToken,
    int rowsMax,
    boolean insights) {

  static final int TEXT_BYTES_MAX = 262_144;
  private static final int CLIENT_TOKEN_MIN = 32;
  private static final int CLIENT_TOKEN_MAX = 128;
  private static final int NEXT_TOKEN_MAX = 2_048;
  private static final int ROWS_MAX = 1_000;
  private static final List<String> INSIGHT_MODES =
      List.of("ENABLED_WITH_RATE_CONTROL", "DISABLED");

  static QueryInput of(JsonObject input) {
    String text = text(input);
    Long rows = Constraints.range(input.integer("MaxRows"), "maxRows", 1, ROWS_MAX);
    JsonObject insights = input.object("QueryInsights");
    String mode = null;
    if (insights != null) {
      mode = Constraints.required(insights.text("Mode"), "queryInsights.mode");
      Constraints.word(mode, "queryInsights.mode", INSIGHT_MODES);
    }
    return new QueryInput(
        text,
        StatementKind.of(text),
        Constraints.length(
            input.text("ClientToken"), "clientToken", CLIENT_TOKEN_MIN, CLIENT_TOKEN_MAX),
        Constraints.length(input.text("NextToken"), "nextToken", 1, NEXT_TOKEN_MAX),
        rows == null ? 0 : rows.intValue(),
        "ENABLED_WITH_RATE_CONTROL".equals(mode));
  }

  /** The member QueryString: not empty, at most 256 KiB. */
  static String text(JsonObject input) {
    String text = Constraints.required(input.text("QueryString"), "queryString");
    Constraints.length(text, "queryString", 1, TEXT_BYTES_MAX);
    if (text.length() > TEXT_BYTES_MAX / 3
        && text.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES_MAX) {
      throw Constraints.violation(
          text, "queryString", "have at most " + TEXT_BYTES_MAX + " bytes of UTF-8");
    }
    return text;
  }
}
