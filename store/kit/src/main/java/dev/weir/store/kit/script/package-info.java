// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/**
 * Query scripts: points to load, queries, and what they answer, as text.
 *
 * <p>{@link dev.weir.store.kit.script.Scripts} finds them, {@link
 * dev.weir.store.kit.script.ScriptReader} describes their form and reads them. A store runs them
 * through the contract {@code QueryScriptContract}.
 */
@NullMarked
package dev.weir.store.kit.script;

import org.jspecify.annotations.NullMarked;
