// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Queues of SQS as the functions use them: messages are sent in batches, each sent or told as not
 * sent, and batches that Lambda brings are read and answered message by message.
 */
@NullMarked
package dev.weir.lambda.monitor.queue;

import org.jspecify.annotations.NullMarked;
