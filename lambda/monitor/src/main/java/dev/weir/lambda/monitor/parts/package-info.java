// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What each function is made of, as its variables say: settings, clients of AWS's services, and the
 * tables, claims and counts over them. All of it is closed together, so that nothing stays open in
 * a snapshot.
 */
@NullMarked
package dev.weir.lambda.monitor.parts;

import org.jspecify.annotations.NullMarked;
