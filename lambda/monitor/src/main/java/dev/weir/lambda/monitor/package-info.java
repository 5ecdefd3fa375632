// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Website checks as functions of AWS Lambda. The handlers that Lambda calls are here, each as thin
 * as can be; what they do is in the packages below, one for each function.
 */
@NullMarked
package dev.weir.lambda.monitor;

import org.jspecify.annotations.NullMarked;
