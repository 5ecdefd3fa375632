// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What each function is made of, as its variables say: clients of AWS's services, and the tables,
 * claims and counts over them. Clients are made when they are first asked for, one for each region,
 * and closed together, so that nothing stays open in a snapshot.
 */
@NullMarked
package dev.weir.lambda.monitor.client;

import org.jspecify.annotations.NullMarked;
