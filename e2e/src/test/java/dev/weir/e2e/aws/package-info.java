// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What Lambda, EventBridge and its Scheduler do between functions, for tests: they read streams,
 * queues, schedules and rules where the functions left them, call the functions with the events
 * that AWS documents, and do with the answers what AWS does. Nothing happens by itself: a test says
 * when the next poll or the next minute comes.
 */
@NullMarked
package dev.weir.e2e.aws;

import org.jspecify.annotations.NullMarked;
