// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

/** Who asks, by HTTP's Authorization header. */
public sealed interface Credentials {

  record Basic(Secret user, Secret password) implements Credentials {}

  record Bearer(Secret token) implements Credentials {}
}
