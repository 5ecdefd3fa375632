// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.Dimension;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What records of a batch can share, numbered: each dimension with its value, each measure name,
 * each time is one attribute, however many records have it. Looked up by the hashes that strings
 * carry, encoded and judged once. Written by one thread, read by many afterwards.
 */
final class Attributes {

  /** The key of measure names. */
  static final int MEASURE_NAME = 0;

  /** The key of times. */
  static final int TIME = 1;

  /** Keys from here on are dimension names, numbered as they come. */
  static final int DIMENSIONS_FROM = 2;

  private final Map<String, Integer> dimensionKeys = new HashMap<>();
  private int size;
  private int[] slots;
  private int[] hashes;
  private int[] keys;
  private int[] bytes;
  private String[] names;
  private String[] values;
  private long[] times;
  private byte[][] json;
  private @Nullable Refusal[] refusals;

  Attributes(int expected) {
    int capacity = Integer.highestOneBit(Math.max(expected, 64) - 1) * 2;
    slots = new int[capacity * 2];
    hashes = new int[capacity];
    keys = new int[capacity];
    bytes = new int[capacity];
    names = new String[capacity];
    values = new String[capacity];
    times = new long[capacity];
    json = new byte[capacity][];
    refusals = new Refusal[capacity];
  }

  /** How many attributes there are; they are numbered from 0. */
  int size() {
    return size;
  }

  /** How many keys there are: two and the dimension names. */
  int keyCount() {
    return DIMENSIONS_FROM + dimensionKeys.size();
  }

  int key(int id) {
    return keys[id];
  }

  /** The metered bytes. */
  int bytes(int id) {
    return bytes[id];
  }

  /** Nanoseconds since the epoch, of a time. */
  long epochNanos(int id) {
    return times[id];
  }

  /** A dimension as an object of JSON, or a measure name as a string of JSON. */
  byte[] json(int id) {
    return json[id];
  }

  /** Why Timestream takes no record with this attribute, or null. */
  @Nullable Refusal refusal(int id) {
    return refusals[id];
  }

  /** The attribute of a dimension. */
  int dimension(Dimension dimension) {
    String name = dimension.name();
    String value = dimension.value();
    int hash = mix(name.hashCode() * 31 + value.hashCode());
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (int id; (id = slots[slot] - 1) >= 0; slot = (slot + 1) & mask) {
      if (hashes[id] == hash
          && keys[id] >= DIMENSIONS_FROM
          && values[id].equals(value)
          && names[id].equals(name)) {
        return id;
      }
    }
    int id = add(slot, hash);
    keys[id] = dimensionKeys.computeIfAbsent(name, _ -> keyCount());
    names[id] = name;
    values[id] = value;
    bytes[id] = JsonText.utf8Bytes(name) + JsonText.utf8Bytes(value);
    refusals[id] = RecordRules.judgeDimension(dimension);
    JsonText text = new JsonText(32 + bytes[id]);
    WriteRecordsJson.dimension(text, name, value);
    json[id] = text.toBytes();
    return id;
  }

  /** The attribute of a measure name. */
  int measureName(String name) {
    int hash = mix(name.hashCode());
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (int id; (id = slots[slot] - 1) >= 0; slot = (slot + 1) & mask) {
      if (hashes[id] == hash && keys[id] == MEASURE_NAME && values[id].equals(name)) {
        return id;
      }
    }
    int id = add(slot, hash);
    keys[id] = MEASURE_NAME;
    values[id] = name;
    bytes[id] = JsonText.utf8Bytes(name);
    refusals[id] = RecordRules.judgeMeasureName(name);
    JsonText text = new JsonText(8 + bytes[id]);
    text.quoted(name);
    json[id] = text.toBytes();
    return id;
  }

  /** The attribute of a time. */
  int time(long epochNanos) {
    int hash = mix(Long.hashCode(epochNanos) ^ 0x5BD1_E995);
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (int id; (id = slots[slot] - 1) >= 0; slot = (slot + 1) & mask) {
      if (hashes[id] == hash && keys[id] == TIME && times[id] == epochNanos) {
        return id;
      }
    }
    int id = add(slot, hash);
    keys[id] = TIME;
    times[id] = epochNanos;
    bytes[id] = Metering.TIME_BYTES;
    return id;
  }

  private int add(int slot, int hash) {
    if (size == hashes.length) {
      grow();
    }
    int id = size++;
    hashes[id] = hash;
    if (size * 2 > slots.length) {
      slots = new int[slots.length * 2];
      for (int i = 0; i < size; i++) {
        place(i);
      }
    } else {
      slots[slot] = id + 1;
    }
    return id;
  }

  private void place(int id) {
    int mask = slots.length - 1;
    int slot = hashes[id] & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = id + 1;
  }

  private void grow() {
    int capacity = hashes.length * 2;
    hashes = Arrays.copyOf(hashes, capacity);
    keys = Arrays.copyOf(keys, capacity);
    bytes = Arrays.copyOf(bytes, capacity);
    names = Arrays.copyOf(names, capacity);
    values = Arrays.copyOf(values, capacity);
    times = Arrays.copyOf(times, capacity);
    json = Arrays.copyOf(json, capacity);
    refusals = Arrays.copyOf(refusals, capacity);
  }

  /** The finalizer of MurmurHash3: the low bits depend on all. */
  private static int mix(int hash) {
    int mixed = (hash ^ (hash >>> 16)) * 0x85EB_CA6B;
    mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2_AE35;
    return mixed ^ (mixed >>> 16);
  }
}
