// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.model;

/**
 * The type of a measure, in Timestream's names. {@code TIMESTAMP} occurs only inside a {@code
 * MULTI} measure (AWS developer guide, "Writes").
 */
public enum MeasureType {
  DOUBLE,
  BIGINT,
  VARCHAR,
  BOOLEAN,
  TIMESTAMP,
  MULTI
}
