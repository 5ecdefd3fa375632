// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Checks that are tried: run at once, answered to who asked, and not kept. They are made as the
 * schedule's are, but few at a time and within a limit of time, and nothing that a site was sent as
 * a secret comes back in an answer.
 */
@NullMarked
package dev.weir.api.trial;

import org.jspecify.annotations.NullMarked;
