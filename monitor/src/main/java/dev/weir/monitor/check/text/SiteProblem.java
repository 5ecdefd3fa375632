// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

/**
 * Why a text's sites can't be taken.
 *
 * @param file as it was named to the reader
 * @param line counted from 1
 * @param site its id, or {@code #3} for the third of the file where no id can be read; empty for
 *     the text as a whole
 * @param field such as {@code expect.json[0].path}; empty for the site as a whole
 * @param reason what is wrong and what to do; no value of a field that may hold a secret
 */
public record SiteProblem(String file, int line, String site, String field, String reason) {

  /** {@code sites.yaml:12: shop: http.body-limit: …}. */
  @Override
  public String toString() {
    return file
        + ":"
        + line
        + ": "
        + (site.isEmpty() ? "" : site + ": ")
        + (field.isEmpty() ? "" : field + ": ")
        + reason;
  }
}
