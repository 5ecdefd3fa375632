// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * The contract that every store passes, as abstract test classes, and hand-written fakes of the
 * store ports for the tests of other rooms.
 */
@NullMarked
package dev.weir.store.kit;

import org.jspecify.annotations.NullMarked;
