// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import static dev.weir.store.embedded.function.JavaFunction.Type.BIGINT;
import static dev.weir.store.embedded.function.JavaFunction.Type.BOOLEAN;
import static dev.weir.store.embedded.function.JavaFunction.Type.DOUBLE;
import static dev.weir.store.embedded.function.JavaFunction.Type.VARCHAR;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Mathematics as Java computes it, which is how Trino computes it. */
final class MathFunctions {

  static final List<JavaFunction> ALL = all();

  private static final int BITS = 64;

  private MathFunctions() {}

  private static List<JavaFunction> all() {
    List<JavaFunction> all = new ArrayList<>();
    unary(all, "acos", Math::acos);
    unary(all, "asin", Math::asin);
    unary(all, "atan", Math::atan);
    unary(all, "cbrt", Math::cbrt);
    unary(all, "cos", Math::cos);
    unary(all, "cosh", Math::cosh);
    unary(all, "degrees", Math::toDegrees);
    unary(all, "exp", Math::exp);
    unary(all, "ln", Math::log);
    unary(all, "log10", Math::log10);
    unary(all, "log2", x -> Math.log(x) / Math.log(2));
    unary(all, "radians", Math::toRadians);
    unary(all, "sign", Math::signum);
    unary(all, "sin", Math::sin);
    unary(all, "tan", Math::tan);
    unary(all, "tanh", Math::tanh);
    binary(all, "atan2", Math::atan2);
    binary(all, "log", (base, x) -> Math.log(x) / Math.log(base));
    binary(all, "power", Math::pow);
    binary(all, "greatest_double", MathFunctions::greatest);
    binary(all, "least_double", (a, b) -> -greatest(-a, -b));
    all.add(
        JavaFunction.of("round", DOUBLE, row -> round(row.real(0), row.number(1)), DOUBLE, BIGINT));
    all.add(
        JavaFunction.of(
            "round_bigint", BIGINT, row -> round(row.number(0), row.number(1)), BIGINT, BIGINT));
    all.add(
        JavaFunction.of(
            "greatest_bigint",
            BIGINT,
            row -> Math.max(row.number(0), row.number(1)),
            BIGINT,
            BIGINT));
    all.add(
        JavaFunction.of(
            "least_bigint", BIGINT, row -> Math.min(row.number(0), row.number(1)), BIGINT, BIGINT));
    all.add(JavaFunction.of("same", BIGINT, row -> row.number(0), BIGINT));
    all.add(JavaFunction.of("abs", BIGINT, MathFunctions::abs, BIGINT));
    all.add(JavaFunction.of("modulo", BIGINT, MathFunctions::modulo, BIGINT, BIGINT));
    all.add(JavaFunction.of("from_base", BIGINT, MathFunctions::fromBase, VARCHAR, BIGINT));
    all.add(
        JavaFunction.of(
            "to_base",
            VARCHAR,
            row -> Long.toString(row.number(0), radix(row.number(1))),
            BIGINT,
            BIGINT));
    all.add(JavaFunction.of("bit_count", BIGINT, MathFunctions::bitCount, BIGINT, BIGINT));
    all.add(JavaFunction.of("random", BIGINT, MathFunctions::random, DOUBLE, BIGINT, BIGINT));
    all.add(comparison("equal", (a, b) -> a == b));
    all.add(comparison("not_equal", (a, b) -> a != b));
    all.add(comparison("less", (a, b) -> a < b));
    all.add(comparison("less_or_equal", (a, b) -> a <= b));
    return List.copyOf(all);
  }

  /** Java's comparison of doubles: NaN is never equal, less or greater. */
  @FunctionalInterface
  private interface DoubleComparison {
    boolean test(double a, double b);
  }

  private static JavaFunction comparison(String name, DoubleComparison comparison) {
    return JavaFunction.of(
        name, BOOLEAN, row -> comparison.test(row.real(0), row.real(1)), DOUBLE, DOUBLE);
  }

  private static void unary(List<JavaFunction> all, String name, DoubleUnaryOperator function) {
    all.add(JavaFunction.of(name, DOUBLE, row -> function.applyAsDouble(row.real(0)), DOUBLE));
  }

  private static void binary(List<JavaFunction> all, String name, DoubleBinaryOperator function) {
    all.add(
        JavaFunction.of(
            name, DOUBLE, row -> function.applyAsDouble(row.real(0), row.real(1)), DOUBLE, DOUBLE));
  }

  /** NaN only where there is nothing else. */
  private static double greatest(double a, double b) {
    if (Double.isNaN(a)) {
      return b;
    }
    return Double.isNaN(b) ? a : Math.max(a, b);
  }

  /** Half away from zero. */
  private static double round(double value, long digits) {
    double factor = Math.pow(10, digits);
    double scaled = Math.abs(value) * factor;
    if (factor == 0) {
      return Double.isFinite(value) ? Math.copySign(0, value) : value;
    }
    // Beyond that a double has no digits there to round, or is no number.
    if (!(scaled < 0x1p52)) {
      return value;
    }
    return Math.copySign(Math.round(scaled) / factor, value);
  }

  private static long round(long value, long digits) {
    if (digits >= 0) {
      return value;
    }
    if (digits < -18) {
      return 0;
    }
    long unit = 1;
    for (long i = digits; i < 0; i++) {
      unit *= 10;
    }
    long rest = value % unit;
    long down = value - rest;
    if (Math.abs(rest) < unit - Math.abs(rest)) {
      return down;
    }
    try {
      return Math.addExact(down, value < 0 ? -unit : unit);
    } catch (ArithmeticException e) {
      throw new BadValueException("bigint addition overflow: " + down + " + " + unit);
    }
  }

  private static long abs(Row row) {
    long value = row.number(0);
    if (value == Long.MIN_VALUE) {
      throw new BadValueException("Value " + value + " is out of range for abs(bigint)");
    }
    return Math.abs(value);
  }

  private static long modulo(Row row) {
    if (row.number(1) == 0) {
      throw new BadValueException("Division by zero");
    }
    return row.number(0) % row.number(1);
  }

  private static long fromBase(Row row) {
    int radix = radix(row.number(1));
    try {
      return Long.parseLong(row.text(0), radix);
    } catch (NumberFormatException e) {
      throw new BadValueException("Not a valid base-%d number: %s".formatted(radix, row.text(0)));
    }
  }

  private static int radix(long radix) {
    if (radix < Character.MIN_RADIX || radix > Character.MAX_RADIX) {
      throw new BadValueException("Radix must be between 2 and 36");
    }
    return (int) radix;
  }

  private static long bitCount(Row row) {
    long number = row.number(0);
    long bits = row.number(1);
    if (bits == BITS) {
      return Long.bitCount(number);
    }
    if (bits <= 1 || bits > BITS) {
      throw new BadValueException(
          "Bits specified in bit_count must be between 2 and 64, got " + bits);
    }
    long highest = (1L << (bits - 1)) - 1;
    if (number > highest || number < -highest - 1) {
      throw new BadValueException(
          "Number must be representable with the bits specified. %d can not be represented with %d bits"
              .formatted(number, bits));
    }
    return Long.bitCount(number & ((1L << bits) - 1));
  }

  /** From the first up to the second bound, not included; the engine draws the fraction. */
  private static long random(Row row) {
    long start = row.number(1);
    long end = row.number(2);
    if (start >= end) {
      throw new BadValueException(
          start == 0 ? "bound must be positive" : "start value must be less than stop value");
    }
    long drawn = start + (long) Math.floor(row.real(0) * ((double) end - start));
    return Math.min(drawn, end - 1);
  }
}
