// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.SiteKey;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener's fault costs the others nothing. */
record AllListeners(List<ResultListener> listeners) implements ResultListener {

  private static final Logger LOG = LoggerFactory.getLogger(ResultListener.class);

  @Override
  public void accept(SlotResult result) {
    each(result.slot().site().key(), listener -> listener.accept(result));
  }

  @Override
  public void forget(SiteKey site) {
    each(site, listener -> listener.forget(site));
  }

  private void each(SiteKey site, Consumer<ResultListener> telling) {
    for (ResultListener listener : listeners) {
      try {
        telling.accept(listener);
      } catch (RuntimeException e) {
        LOG.atError()
            .setCause(e)
            .addKeyValue("site", site)
            .addKeyValue("listener", listener.getClass().getSimpleName())
            .log("A result of a check could not be passed on to one of its takers");
      }
    }
  }
}
