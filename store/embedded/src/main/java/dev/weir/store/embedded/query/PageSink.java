// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ResultPage;

/** Takes the pages of a result, in order. */
@FunctionalInterface
public interface PageSink {

  void page(ResultPage page);
}
