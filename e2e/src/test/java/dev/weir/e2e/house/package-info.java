// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of the house as tests: which room may see which, how files are named and how long they
 * may be, and that the launcher does what it says. They live here because this room sees all
 * others.
 */
package dev.weir.e2e.house;
