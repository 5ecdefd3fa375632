// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
/** Black box: real processes and a real Prometheus. Beside it the rules of the house, as tests. */
package dev.weir.e2e;
