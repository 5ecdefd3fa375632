// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** The verb against Weir's own wire API over real sockets. */
package dev.weir.app.doctor;
