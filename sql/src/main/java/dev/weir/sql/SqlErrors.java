// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Position;
import dev.weir.store.StoreException;
import io.trino.sql.tree.Node;
import org.antlr.v4.runtime.Token;

/** Makes the errors of this room: a place in the user's text, then what is wrong there. */
final class SqlErrors {

  /** A message repeats pieces of the text; longer ones are cut. */
  private static final int MESSAGE_CHARACTERS_MAX = 1_000;

  private SqlErrors() {}

  static StoreException at(Position position, String message) {
    return whole(position + ": " + message);
  }

  static StoreException at(Node node, String message) {
    return at(position(node), message);
  }

  static StoreException at(Token token, String message) {
    return at(position(token), message);
  }

  /** A message that says its place itself. */
  static StoreException whole(String message) {
    String cut =
        message.length() <= MESSAGE_CHARACTERS_MAX
            ? message
            : message.substring(0, MESSAGE_CHARACTERS_MAX) + "…";
    return new StoreException(StoreException.Kind.BAD_REQUEST, cut);
  }

  static StoreException unsupported(Node node, String what) {
    return at(node, what + " is not supported");
  }

  static StoreException mustBe(Position position, String what, String wanted, ValueType actual) {
    return at(
        position, what + " must evaluate to " + wanted + ": actual type " + TypeRules.text(actual));
  }

  static Position position(Node node) {
    return node.getLocation()
        .map(location -> new Position(location.getLineNumber(), location.getColumnNumber()))
        .orElse(new Position(1, 1));
  }

  static Position position(Token token) {
    return new Position(token.getLine(), token.getCharPositionInLine() + 1);
  }
}
