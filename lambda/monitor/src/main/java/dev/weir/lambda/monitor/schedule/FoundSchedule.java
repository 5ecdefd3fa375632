// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import java.util.Optional;

/**
 * A schedule as it stands in a region.
 *
 * @param place its name, with its group where it has one
 * @param purpose empty where it isn't Weir's: nobody may touch it
 * @param asks all that makes a difference to its runs, in words of the adapter's; equal for two
 *     that do the same
 */
public record FoundSchedule(String place, Optional<Purpose> purpose, String asks) {}
