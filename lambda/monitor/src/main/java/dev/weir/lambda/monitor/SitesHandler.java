// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.sites.SitesFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API of sites: events of an HTTP API, payload 2.0. Lambda makes one for each instance and
 * calls it for one request at a time.
 */
public final class SitesHandler implements RequestStreamHandler {

  private static final Logger LOG = LoggerFactory.getLogger(SitesHandler.class);

  private final Opened<SitesFunction> function;

  /** As Lambda makes it. */
  public SitesHandler() {
    this(System.getenv());
    function.begin();
  }

  SitesHandler(Map<String, String> environment) {
    this.function =
        new Opened<>(environment, SitesFunction::of, () -> Rehearsals.sites(environment));
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    byte[] bytes = event.readAllBytes();
    answer.write(FunctionLog.during(context, () -> answer(bytes)));
  }

  private byte[] answer(byte[] event) {
    try {
      return function.use(ready -> ready.answer(event));
    } catch (IllegalArgumentException e) {
      // A variable is wrong, which an operator can mend; a caller is told no more than that.
      LOG.error("The function is not set up: {}", FunctionLog.reason(e));
      return SitesFunction.notReady();
    }
  }
}
