// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

@NullMarked
package dev.weir.lambda.monitor.configuration;

import org.jspecify.annotations.NullMarked;
