// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What stands under {@code deploy/}, read as CloudFormation reads it: templates with their
 * functions resolved, parameters with their rules, roles with what they grant. The tests here hold
 * the templates to their own rules; what the roles grant is compared with recorded calls one room
 * up.
 */
@NullMarked
package dev.weir.e2e.deployment;

import org.jspecify.annotations.NullMarked;
