// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Certificates and keys from PEM text, and what TLS takes of them: trust in authorities, and an
 * identity to show. The server's doors and the checks of sites read theirs here.
 */
@NullMarked
package dev.weir.certificate;

import org.jspecify.annotations.NullMarked;
