// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app;

import dev.weir.app.serve.ConnectorVerb;
import java.nio.file.Path;

/** {@code ConnectorRehearsal FOLDER}: the connector, for the JVM to learn from. */
final class ConnectorRehearsal {

  /** The discard port, where nobody listens: calls are made ready and signed, and go nowhere. */
  private static final String NOBODY = "http://127.0.0.1:9";

  private ConnectorRehearsal() {}

  public static void main(String[] words) throws Exception {
    Rehearsal.play(
        new ConnectorVerb(),
        Path.of(words[0]),
        "--default-database=rehearsal",
        "--default-table=rehearsal",
        "--write-base-endpoint=" + NOBODY,
        "--query-base-endpoint=" + NOBODY,
        "--max-write-retries=1",
        "--max-read-retries=1");
  }
}
