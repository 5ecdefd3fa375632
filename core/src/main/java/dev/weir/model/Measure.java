// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.model;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The value of a point: one typed value, or several named ones. */
public sealed interface Measure {

  /** The type that Timestream calls this value. */
  MeasureType type();

  /** A finite double; Timestream refuses NaN and the infinities. */
  record OfDouble(double value) implements Measure {
    public OfDouble {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a DOUBLE measure must be finite, not " + value);
      }
    }

    @Override
    public MeasureType type() {
      return MeasureType.DOUBLE;
    }
  }

  /** A signed 64-bit integer. */
  record OfBigint(long value) implements Measure {
    @Override
    public MeasureType type() {
      return MeasureType.BIGINT;
    }
  }

  /** A text; not empty, since Timestream's values have at least one byte. */
  record OfVarchar(String value) implements Measure {
    public OfVarchar {
      if (value.isEmpty()) {
        throw new IllegalArgumentException("a VARCHAR measure must not be empty");
      }
    }

    @Override
    public MeasureType type() {
      return MeasureType.VARCHAR;
    }
  }

  /** True or false. */
  record OfBoolean(boolean value) implements Measure {
    @Override
    public MeasureType type() {
      return MeasureType.BOOLEAN;
    }
  }

  /** Nanoseconds since the epoch; only inside {@link OfMulti}. */
  record OfTimestamp(long epochNanos) implements Measure {
    @Override
    public MeasureType type() {
      return MeasureType.TIMESTAMP;
    }
  }

  /** Several named values that share time and dimensions; the whole set is the value. */
  record OfMulti(List<Named> values) implements Measure {
    public OfMulti {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("a MULTI measure has at least one value");
      }
      Set<String> names = new HashSet<>();
      for (Named named : values) {
        if (!names.add(named.name())) {
          throw new IllegalArgumentException("measure \"" + named.name() + "\" is there twice");
        }
      }
    }

    @Override
    public MeasureType type() {
      return MeasureType.MULTI;
    }
  }

  /** One value of a {@link OfMulti}: its column's name and a single value. */
  record Named(String name, Measure value) {
    public Named {
      requireNonNull(name, "name");
      if (name.isEmpty()) {
        throw new IllegalArgumentException("measure name is empty");
      }
      if (value instanceof OfMulti) {
        throw new IllegalArgumentException("measure \"" + name + "\" holds a MULTI inside a MULTI");
      }
    }
  }
}
